"""心愿合不合规则: what a household may wish for, and what must not stand in words that everybody may read."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as N_

from mashang.cases.models import Case, Holder, Member
from mashang.cases.queries.versions import answers_of
from mashang.cases.safeguards import newly_linked_until
from mashang.core.money import yuan
from mashang.core.wording import day
from mashang.screening import shared_words, where
from mashang.screening.shared_words import NOTHING_TO_SEE, Remark, caution, seen, split_over
from mashang.unions.models import Union
from mashang.wishes.goods import forbidden, labels, limit_of
from mashang.wishes.models import DeliveryMode
from mashang.wishes.queries.descriptions import bare_name
from mashang.wishes.queries.homes import is_for_a_minor
from mashang.wishes.refusals import WishNotFit
from mashang.wishes.rules import WishRules, arrives_by
from mashang.wishes.words import WishWords

MOST_REASON = 200  # characters
SHORTEST_NAME, SHORTEST_EMPLOYER = 2, 4  # “个体” is no employer that anybody would find


def check_words(words: WishWords, case: Case, rules: WishRules, today: date) -> None:
    """Raises WishNotFit with a sentence beside each part that does not fit."""
    wrong = dict(_wrong_numbers(words, rules, today))
    for name, text in words.texts().items():
        if remarks := remarks_on(text, case):
            wrong[name] = remarks[0].sentence
        elif text and not seen(text):
            wrong[name] = _(NOTHING_TO_SEE)
    wrong |= goods_refused(f"{words.item} {words.spec}", words.price_fen, rules)
    if refused := _way_refused(words, case, rules):
        wrong["delivery_mode"] = refused
    if not wrong and (split := split_over(words.texts().values())):
        wrong["reason"] = split
    if wrong:
        raise WishNotFit(fields=wrong)


def cautions(words: WishWords, rules: WishRules, today: date) -> dict[str, str]:
    """What is said kindly beside a part that fits: it tells whose family it is, or may come too late."""
    said = {name: caution(text) for name, text in words.texts().items()}
    latest = arrives_by(rules, today)
    if words.needed_by and today < words.needed_by < latest:
        said["needed_by"] = _(
            "审核、认领、送达都顺利，最晚也可能到 %(latest)s。可以照样写 %(day)s，大家会尽量赶；急用的请先找工会"
        ) % {"latest": day(latest), "day": day(words.needed_by)}
    return {name: sentence for name, sentence in said.items() if sentence}


def check_story(story: str, case: Case, rules: WishRules, *, is_common: bool = False) -> None:
    """The same for the words that the final reviewer lets the public read.

    What tells whose family it is stays out, unless enough households could have said it (`is_common`):
    k holds for the words as it does for age and place.
    """
    if not seen(story):
        raise WishNotFit(fields={"story": N_("请保留一句话，让认领的人知道为什么需要它")})
    if remarks := remarks_on(story, case):
        raise WishNotFit(fields={"story": remarks[0].sentence})
    if (told := shared_words.told_in(story)) and not is_common:
        words = _(
            "“%(text)s”%(words)s，熟人能认出是谁家。请删去或写笼统些；确实至少有 %(k)d 户在档家庭都是这样的，勾选下面一项"
        )
        facts = {"text": told[0].text, "words": told[0].words, "k": rules.least_alike}
        raise WishNotFit(fields={"story": words % facts})


def remarks_on(text: str, case: Case) -> list[Remark]:
    """Whatever in a text leads to somebody: contacts and numbers, and this household's own names."""
    remarks = [*shared_words.remarks_on(text), *_own_names(text, case)]
    return sorted(remarks, key=lambda remark: remark.start)


def marks_on(text: str, case: Case) -> list[Remark]:
    """The same for those who moderate: also what only may lead elsewhere, and what tells whose family it is."""
    remarks = [*shared_words.marks_on(text), *_own_names(text, case)]
    return sorted(remarks, key=lambda remark: (remark.start, -remark.end))


def goods_refused(text: str, price_fen: int, rules: WishRules) -> dict[str, str]:
    """Why this is nothing to wish for, at `item` or at `price_fen`; empty if it may be."""
    refused = {}
    for finding in forbidden(text):
        name = {"text": finding.text, "kind": _(labels()[finding.kind])}
        limit = limit_of(finding.kind)
        most_fen = getattr(rules, limit) if limit else 0
        if not most_fen:
            return {"item": _("“%(text)s”属于%(kind)s，不能作为心愿，请换一样") % name}
        if price_fen > most_fen:
            refused["price_fen"] = _(
                "%(kind)s类心愿最多 %(yuan)s 元，请选便宜一些的，或者换一样"
            ) % {**name, "yuan": yuan(most_fen)}
    return refused


def _way_refused(words: WishWords, case: Case, rules: WishRules) -> str:
    """Why nothing is sent straight to this home; empty if it may be."""
    if words.delivery_mode != DeliveryMode.TO_HOME:
        return ""
    if not rules.may_go_home:
        return N_("本地的心愿都由工会转交，请另选一种")
    if is_for_a_minor(words.for_whom, case.holder):
        return N_("给孩子的心愿由工会转交，不把住址告诉认领人，请另选一种")
    return why_not_home_yet(case.holder)


def why_not_home_yet(holder: Holder) -> str:
    """A phone that one colleague entered does not say where the family lives; empty once the first month is over."""
    until = newly_linked_until(holder)
    if until is None:
        return ""
    return _(
        "这户的账号是用工会登记的手机号刚接上的，%(day)s起才能把住址告诉认领人；现在请选由工会转交"
    ) % {"day": day(until)}


def _wrong_numbers(words: WishWords, rules: WishRules, today: date) -> Iterator[tuple[str, str]]:
    if not seen(words.item):
        yield "item", N_("请写明想要什么")
    if not seen(words.reason):
        yield "reason", N_("请写一两句为什么需要它")
    if len(words.reason) > MOST_REASON:
        yield "reason", _("最多写 %(n)d 个字，请删短一些") % {"n": MOST_REASON}
    if words.price_fen <= 0:
        yield "price_fen", N_("请填大约多少钱，方便认领的人准备")
    if words.price_fen > rules.cap_fen:
        yield (
            "price_fen",
            _("一个心愿最多 %(yuan)s 元，请选便宜一些的") % {"yuan": yuan(rules.cap_fen)},
        )
    if words.needed_by and words.needed_by <= today:
        yield "needed_by", N_("希望收到的日期要在今天以后")


def _own_names(text: str, case: Case) -> Iterator[Remark]:
    for word, words in _names_of(case):
        if place := where(word, text):
            yield Remark(*place, text[slice(*place)], words)


def _names_of(case: Case) -> Iterator[tuple[str, str]]:
    """The people of the household and where the worker is employed; they stay in this process."""
    members = Member.objects.of_holder(case.holder).select_related("holder__data_key")
    for name in {case.holder.name, *(str(member.name.reveal()) for member in members)}:
        if len(name) >= SHORTEST_NAME:
            yield name, N_("是家里人的姓名")
    employers = {str(answers_of(case).get("employer", "")), *_employer_names(case.union)}
    for employer in employers:
        if len(employer) >= SHORTEST_EMPLOYER:
            yield employer, N_("是工作单位")


def _employer_names(union: Union) -> Iterator[str]:
    """青山纺织厂工会 stands at 青山纺织厂."""
    if union.kind == Union.Kind.GRASSROOTS:
        yield bare_name(union.name)


def case_of(holder: Holder) -> Case | None:
    """The household's active file, with what these checks read."""
    cases = Case.objects.of_holder(holder).filter(state=Case.State.ACTIVE)
    return cases.select_related("holder__data_key", "holder__user", "union").first()
