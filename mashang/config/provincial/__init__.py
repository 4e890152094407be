"""A PostgreSQL backend whose connection always stands in one province's schema."""
