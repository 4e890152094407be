"""Pages of the room `notices` at the desk."""
