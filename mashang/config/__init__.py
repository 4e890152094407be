"""Where the house is put together: settings, addresses, databases, servers."""
