"""Pages of the room `givers` on the phone."""
