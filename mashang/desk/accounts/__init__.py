"""Pages of the room `accounts` at the desk."""
