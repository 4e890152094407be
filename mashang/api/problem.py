"""A refusal, as its receiver reads it (RFC 9457)."""

from ninja import Schema


class Problem(Schema):
    type: str
    title: str
    status: int
    code: str
    detail: str
    fields: dict[str, str] | None = None
    similar: list[str] | None = None
