"""演示: a small one is played once, and looked at from all sides."""

import re
from collections import Counter
from io import StringIO
from tempfile import TemporaryDirectory

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import TestCase, override_settings

from mashang.accounts.models import Consent, User
from mashang.cases.form import contradictions, forms
from mashang.cases.models import Application, Case, Holder, Member, Pairing
from mashang.codes.models import Card
from mashang.core.management.commands import verify_trail
from mashang.demo.base_data import make_stage
from mashang.demo.households import stories
from mashang.demo.personas import HELPERS, STAFF
from mashang.demo.runner import silence
from mashang.demo.scenario import Life
from mashang.demo.timeline import FATES, GAPS, lots
from mashang.demo.wish_scenario import DREAMS, Dream
from mashang.notices.drivers import driver
from mashang.notices.models import Message
from mashang.reviews.models import Step
from mashang.screening import across, findings
from mashang.unions.models import Post, RuleCard
from mashang.unions.roles import Role
from mashang.wishes.eligibility import goods_refused
from mashang.wishes.rules import WishRules, defaults
from tests.builders import make_union


def play(households: int) -> str:
    said = StringIO()
    call_command("demo", households=households, stdout=said)
    return said.getvalue()


class SmallDemo(TestCase):
    """Five households: from the one that has just applied to the one with a helper."""

    said: str

    @classmethod
    def setUpTestData(cls) -> None:
        with TemporaryDirectory() as place, override_settings(MEDIA_ROOT=place):
            cls.said = play(5)

    def test_it_shows_every_part_of_the_journey(self) -> None:
        states = Counter(Application.objects.values_list("state", flat=True))
        assert states == {"filed": 2, "submitted": 1, "checking": 1, "publicity": 1}
        assert Pairing.objects.live().count() == 1
        assert Case.objects.filter(state="active").count() == 2
        works = set(Step.objects.filter(state="open").values_list("work", flat=True))
        assert works == {"accept", "home_check", "publicity"}

    def test_every_applicant_has_a_card_in_the_queue(self) -> None:
        assert Card.objects.count() == Holder.objects.count() == 5

    def test_everybody_in_it_is_made_up(self) -> None:
        for member in Member.objects.select_related("holder__data_key"):
            assert member.id_number.reveal().startswith("99")
        for user in User.objects.filter(phone__isnull=False):
            assert re.fullmatch(r"12\d{9}", user.phone.reveal())

    def test_each_household_has_agreed_before_anybody_looked(self) -> None:
        for application in Application.objects.all():
            given = Consent.objects.filter(subject_id=application.holder_id).exclude(purpose="wish")
            assert {"file", "check", "bank"} <= set(given.values_list("purpose", flat=True))
            assert all(consent.given_at <= application.submitted_at for consent in given)

    def test_the_cast_has_its_accounts_and_posts(self) -> None:
        for colleague in STAFF:
            post = Post.objects.select_related("union").get(user__username=colleague.username)
            assert (post.role, post.union.code) == (colleague.role, colleague.union)
        assert User.objects.filter(name__in=[helper.name for helper in HELPERS]).count() == 5

    def test_every_role_can_be_stepped_into(self) -> None:
        assert {colleague.role for colleague in STAFF} == set(Role)

    def test_the_provinces_rule_cards_name_their_sources(self) -> None:
        assert RuleCard.objects.filter(union__kind="province").exclude(source="").count() > 5

    def test_steps_are_decided_by_different_people_in_the_past(self) -> None:
        filed = Application.objects.filter(state="filed").first()
        assert filed is not None
        steps = Step.objects.filter(subject_id=filed.pk).select_related("decision__by")
        deciders = [s.decision.by_id for s in steps if s.flow_step.decides]
        assert len(deciders) == len(set(deciders)) == 3
        assert all(s.closed_at and s.closed_at.date() <= s.due_on for s in steps)

    def test_no_text_message_waits_for_a_phone_that_nobody_has(self) -> None:
        assert not Message.objects.filter(state="waiting").exists()

    def test_the_trail_is_whole(self) -> None:
        call_command(verify_trail.Command(), stdout=StringIO())

    def test_again_it_changes_nothing(self) -> None:
        before = Application.objects.count()
        assert "没有改动" in play(5)
        assert Application.objects.count() == before

    def test_a_larger_number_only_adds(self) -> None:
        with TemporaryDirectory() as place, override_settings(MEDIA_ROOT=place):
            assert "新增 1 户" in play(6)
        assert Holder.objects.count() == 6


@pytest.mark.django_db
class TestRefusals:
    def test_it_does_not_mix_with_real_unions(self) -> None:
        make_union("province")
        with pytest.raises(CommandError, match="已有别的工会数据"):
            play(5)

    def test_too_few_households_show_too_little(self) -> None:
        with pytest.raises(CommandError, match="至少要 5 户"):
            play(4)


def test_while_the_past_is_played_nobody_gets_a_text(settings) -> None:
    with silence():
        driver().send(id="1", phone="12000000001", text="去年的消息")
    assert not settings.MASHANG_SMS_FILE.exists()

    driver().send(id="2", phone="12000000001", text="今天的消息")
    assert settings.MASHANG_SMS_FILE.exists()


def test_some_are_helped_at_the_counter() -> None:
    assert [lot for lot in lots(60) if lot.fate.assisted]


def test_a_thousand_lots_are_a_thousand_households() -> None:
    drawn = lots(1000)
    assert len({lot.serial for lot in drawn}) == 1000
    assert lots(60) == drawn[:60]


def test_every_fate_is_made_of_acts_that_a_life_knows() -> None:
    acts = {act for fate in FATES for act in fate.acts}
    assert acts == set(GAPS)
    assert all(callable(getattr(Life, act)) for act in acts)


def test_a_story_is_moved_only_to_a_union_where_it_fits() -> None:
    for lot in lots(len(FATES)):
        story = stories()[lot.serial % len(stories())]
        assert lot.union.startswith(lot.fate.where)
        assert story.get("form", "file") == lot.fate.kind or not lot.fate.where


def test_no_two_families_of_the_usual_demo_wish_for_the_same() -> None:
    wishing = [lot for lot in lots(60) if "wish" in lot.fate.acts]

    assert [lot.wishes_before for lot in wishing] == list(range(len(wishing)))
    assert len({dream.item for dream in DREAMS}) == len(DREAMS) >= len(wishing)


@pytest.mark.parametrize("dream", DREAMS, ids=lambda dream: dream.item)
def test_every_dream_keeps_the_rules_of_the_house(dream: Dream) -> None:
    texts = (dream.item, dream.spec, dream.reason)

    rules = WishRules(**{name: spec["value"] for name, spec in defaults().items()})
    assert not goods_refused(f"{dream.item} {dream.spec}", dream.yuan * 100, rules)
    assert not across(texts) and not any(findings(text) for text in texts)
    assert dream.yuan * 100 <= defaults()["cap_fen"]["value"]


@pytest.mark.django_db
def test_who_is_asked_back_while_telling_stands_by_it() -> None:
    """Among the sixty of the README's first command some tell what seldom goes together."""
    stage = make_stage()
    told = [Life(lot, stage) for lot in lots(60)]
    asked_back = [life for life in told if _asked_back(life.household.answers)]

    assert asked_back
    for life in asked_back[:3]:
        life.begin()
        assert _asked_back(life.application.answers.reveal())


def _asked_back(answers: dict[str, object]) -> list[contradictions.Finding]:
    return contradictions.findings(answers, forms.questions_of("file"))
