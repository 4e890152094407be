"""Pages of the room `notices` on the phone."""
