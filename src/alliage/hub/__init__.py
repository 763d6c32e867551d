"""The web hub: pages over the core. `config` joins the rooms; each room knows only the floors below it."""
