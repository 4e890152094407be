"""Halves of verbs that other rooms follow. Only `mashang.workflows` may import them (pyproject.toml)."""
