"""Pages of the room `cases` on the phone."""
