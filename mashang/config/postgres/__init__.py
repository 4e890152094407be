"""Django's PostgreSQL backend, with foreign keys that are checked at once."""
