"""Pages of the room `cases` at the desk."""
