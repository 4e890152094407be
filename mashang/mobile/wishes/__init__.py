"""Pages of the room `wishes` on the phone."""
