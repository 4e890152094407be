"""Pages of the room `givers` at the desk."""
