"""A claim, as its giver's program gets it."""

from datetime import date, datetime
from uuid import UUID

from ninja import Field, Schema

from mashang.wishes.models import Claim, DeliveryMode

MOST = 50
KEY = {
    "alias": "Idempotency-Key",
    "pattern": r"^[\x21-\x7e]{8,64}$",
    "description": "Made by the caller, one for each act; repeating it repeats the answer.",
}


class ClaimWords(Schema, extra="forbid"):
    organisation: UUID | None = Field(None, description="On whose behalf; none: one's own.")


class ClaimsQuery(Schema):
    cursor: str = Field("", max_length=200, description="`next` of the page before.")
    limit: int = Field(20, ge=1, le=MOST)


class ClaimOut(Schema):
    id: UUID
    wish: str = Field(alias="wish.number")
    item: str = Field(alias="wish.item")
    spec: str = Field(alias="wish.spec")
    delivery_mode: DeliveryMode = Field(alias="wish.delivery_mode")
    union: str = Field(alias="union.name", description="To whom the goods go.")
    kind: Claim.Kind
    organisation: UUID | None = Field(alias="organisation_id")
    state: str = Field(json_schema_extra={"enum": [*Claim.State.values]})
    claimed_at: datetime = Field(alias="created_at")
    due_on: date
    extended_at: datetime | None
    ended_at: datetime | None
    ended_why: str


class ClaimsOut(Schema):
    claims: list[ClaimOut]
    next: str | None = Field(description="The cursor of the next page; null on the last.")
