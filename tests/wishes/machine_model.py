"""The model of `test_machine`: what a wish, its claim and its family are, in plain Python."""

from dataclasses import dataclass, field

LIVE_CLAIM = {"claimed", "under_way", "received", "handed_over"}
TAKES_PARCELS = {"claimed", "under_way", "received"}
GONE_BACK = {"rejected"}


@dataclass
class Promise:
    """A claim: whose, and where it and its parcels are; “home” and “at home” passed no counter."""

    giver: int | None  # None: the union's own
    state: str = "claimed"
    parcels: list[str] = field(default_factory=list)
    is_late: bool = False
    spending: str = "proposed"  # of the union's own

    @property
    def is_live(self) -> bool:
        return self.state in LIVE_CLAIM

    def settle(self) -> None:
        if {"sent", "home"} & {*self.parcels}:
            self.state = "under_way"
        elif {"passed", "at home"} & {*self.parcels}:
            self.state = "received"
        else:
            self.state, self.is_late = "claimed", False

    def may_be_handed_over(self) -> bool:
        if self.state not in TAKES_PARCELS or "sent" in self.parcels:
            return False
        if self.giver is None:
            return self.spending == "confirmed"
        return bool({"passed", "home", "at home"} & {*self.parcels})

    def is_going_home(self) -> bool:
        """Nothing of it is, or was, at the union."""
        kept = {*self.parcels} - GONE_BACK
        return self.state == "under_way" and bool(kept) and kept <= {"home", "at home"}

    def is_wrong_at_home(self) -> None:
        if self.state == "under_way" and "home" in self.parcels:
            self.parcels = ["rejected" if one == "home" else one for one in self.parcels]
            self.settle()

    def arrive_home(self) -> None:
        self.parcels = ["at home" if one == "home" else one for one in self.parcels]


def nobodys():
    return Promise(giver=None, state="none")


@dataclass
class Family:
    """The newest wish of a household, its newest claim, and how many came true this year."""

    state: str
    claim: Promise = field(default_factory=nobodys)
    fulfilled: int = 0
    has_complaint: bool = False
    gives_address: bool = False
    off_ledger: int = 0  # came true without a colleague who could have entered the line
    at_fair: str = ""  # placed, given
    was_given: bool = False
    certificates: int = 0

    def is_told(self) -> None:
        self.state, self.claim, self.has_complaint = "submitted", nobodys(), False
        self.at_fair, self.was_given = "", False
        self.gives_address = False

    def is_back_on_wall(self, claim_state: str) -> None:
        self.state, self.claim.state = "open", claim_state

    def may_go_home(self) -> bool:
        """Whether the giver may read the address, and send there."""
        claim = self.claim
        is_on_time = claim.state == "claimed" and not claim.is_late
        is_owed = claim.giver is not None and (is_on_time or claim.is_going_home())
        return self.gives_address and is_owed and not self.has_complaint

    def comes_true(self) -> None:
        self.state = self.claim.state = "fulfilled"
        self.fulfilled += 1
        self.certificates += self.claim.giver is not None
