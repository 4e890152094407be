"""Addresses of the room `wishes` for programs: each operation declares its own; here they are named."""

from mashang.api.wishes import claims, wall

OPERATIONS = (wall, claims)
