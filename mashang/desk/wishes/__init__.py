"""Pages of the room `wishes` at the desk."""
