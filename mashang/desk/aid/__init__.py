"""Pages of the room `aid` at the desk."""
