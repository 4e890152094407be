"""Pages of the room `accounts` on the phone."""
