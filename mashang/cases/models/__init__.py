"""建档人、申请、档案: the household in hardship, from the first draft to the file and back out."""

from mashang.cases.models.access import Access
from mashang.cases.models.alerts import Alert
from mashang.cases.models.applications import Application, Assessment, Attachment, Filler
from mashang.cases.models.channels import ChannelChange
from mashang.cases.models.files import (
    Case,
    CaseVersion,
    ChangeRequest,
    Fact,
    Hardship,
    HelperNote,
    Pairing,
    Transfer,
)
from mashang.cases.models.holders import Holder, HouseholdMark, Member, OfHolderQuerySet
from mashang.cases.models.merges import Merge
from mashang.cases.models.reviews import (
    Checker,
    Evaluation,
    HomeCheck,
    IncomeCheck,
    Objection,
    Publicity,
)

__all__ = [
    "Access",
    "Alert",
    "Application",
    "Assessment",
    "Attachment",
    "Case",
    "CaseVersion",
    "ChangeRequest",
    "ChannelChange",
    "Checker",
    "Evaluation",
    "Fact",
    "Filler",
    "Hardship",
    "HelperNote",
    "Holder",
    "HomeCheck",
    "HouseholdMark",
    "IncomeCheck",
    "Member",
    "Merge",
    "Objection",
    "OfHolderQuerySet",
    "Pairing",
    "Publicity",
    "Transfer",
]
