"""People and organisations: accounts, roles, consent, mail, tasks, and the register of who did what."""
