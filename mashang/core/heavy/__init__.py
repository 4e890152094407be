"""重活: hashing a password, reading a photo. Kept apart from the processes that answer pages."""
