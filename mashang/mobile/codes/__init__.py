"""Pages of the room `codes` on the phone."""
