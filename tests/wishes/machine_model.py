"""The model of `test_machine`: what a wish, its claim and its family are, in plain Python."""

from dataclasses import dataclass, field

LIVE_CLAIM = {"claimed", "under_way", "received", "handed_over"}
TAKES_PARCELS = {"claimed", "under_way", "received"}


@dataclass
class Promise:
    """A claim: whose, and where it and its parcels are."""

    giver: int | None  # None: the union's own
    state: str = "claimed"
    parcels: list[str] = field(default_factory=list)
    is_late: bool = False
    spending: str = "proposed"  # of the union's own

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_CLAIM

    def settle(self) -> None:
        if "sent" in self.parcels:
            self.state = "under_way"
        elif "passed" in self.parcels:
            self.state = "received"
        else:
            self.state, self.is_late = "claimed", False

    def may_be_handed_over(self) -> bool:
        if self.state not in TAKES_PARCELS or "sent" in self.parcels:
            return False
        return self.spending == "confirmed" if self.giver is None else "passed" in self.parcels


def nobodys():
    return Promise(giver=None, state="none")


@dataclass
class Family:
    """The newest wish of a household, its newest claim, and how many came true this year."""

    state: str
    claim: Promise = field(default_factory=nobodys)
    fulfilled: int = 0
    has_problem: bool = False
    at_event: str = ""  # placed, given
    was_given: bool = False
    certificates: int = 0

    def is_told(self) -> None:
        self.state, self.claim, self.has_problem = "submitted", nobodys(), False
        self.at_event, self.was_given = "", False

    def is_back_on_wall(self, claim_state: str) -> None:
        self.state, self.claim.state = "open", claim_state

    def comes_true(self) -> None:
        self.state = self.claim.state = "fulfilled"
        self.fulfilled += 1
        self.certificates += self.claim.giver is not None
