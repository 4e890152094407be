"""Pages of the room `stats` at the desk."""
