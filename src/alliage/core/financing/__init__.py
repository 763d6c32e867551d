"""The financing plan: which lawful mix of aid is worth most to a project, proved and explained."""
