"""The rigs that need Django before they can be imported; a proof sets it up and calls them."""
