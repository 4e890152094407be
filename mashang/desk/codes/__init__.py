"""Pages of the room `codes` at the desk."""
