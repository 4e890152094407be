"""Pages of the room `unions` at the desk."""
