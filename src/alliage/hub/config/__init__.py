"""Where the rooms of the hub are joined: settings, addresses, servers."""
