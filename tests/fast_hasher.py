"""Passwords of the tests: hashed fast, and, as in the house, never while an action holds rows."""

from django.contrib.auth.hashers import MD5PasswordHasher

from mashang.core.db.action import is_acting


class FastHasher(MD5PasswordHasher):
    def encode(self, password: str, salt: str) -> str:
        if is_acting():
            raise RuntimeError("A password is hashed before the act, not inside it.")
        return super().encode(password, salt)
