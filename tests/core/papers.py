"""A small table of the tests' own: two sealed columns and a key, as a household has them."""

from django.db import models

from mashang.core.db.fields import PathField, SealedJSONField, SealedTextField
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import DataKey, Record


class Household(Record):
    data_key = models.ForeignKey(DataKey, models.PROTECT)
    path = PathField(max_length=20, default="")

    class Meta:
        app_label = "house_tests"

    def __str__(self) -> str:
        return self.path


class PaperState(models.TextChoices):
    DRAFT = "draft", "草稿"
    SENT = "sent", "已提交"
    DONE = "done", "已办结"


class Paper(Stateful):
    State = PaperState
    SEALED_BY = "household.data_key"

    TRANSITIONS = {
        State.DRAFT: {State.SENT},
        State.SENT: {State.DRAFT, State.DONE},
        State.DONE: set(),
    }

    household = models.ForeignKey(Household, models.PROTECT)
    title = models.CharField(max_length=40, default="", blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    id_number = SealedTextField("身份证号码", null=True)
    illness = SealedJSONField("病情", null=True)

    class Meta:
        app_label = "house_tests"
        constraints = [state_check("house_tests_paper_state", *PaperState.values)]

    def __str__(self) -> str:
        return self.title
