"""Questions of companies to the people who decide: each has an owner, a clock, and a public answer where it may."""
