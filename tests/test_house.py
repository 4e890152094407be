"""The house inspects itself: what import-linter cannot see. A remark made twice becomes a test here.

Each inspection (tests/house.py) is run over the house and over something broken on purpose.
"""

import re
from pathlib import Path
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, models
from django.template.loader import get_template
from django.test.utils import isolate_apps
from django.urls import path

from mashang.config.checks import policy_of, views
from mashang.core.audit.bound import bound_tables
from mashang.core.db import errors, triggers
from mashang.core.db.states import Stateful, state_check
from mashang.core.models import Record, TrailEntry
from mashang.web.policies import Level, Rows, Who
from mashang.web.rooms import rooms_of, urls_of
from tests import house
from tests.house import HOUSE, Source, sources

DOORS = ("mobile", "desk", "api")
OURS = [model for model in apps.get_models() if model.__module__.startswith("mashang.")]
LONGEST_FILE = 450
LONGEST_LINE = 120  # of a template, as .editorconfig tells the formatter
TESTS = Path(__file__).parent
TERMS = HOUSE.parent / "docs/terms.md"
LOOK = HOUSE.parent / "docs/look.md"

# Tables without a scope of their own, each with the reason why a page may read them.
UNSCOPED = {
    "core": "keys, trail and counters: no page reads them",
    "reference": "dictionaries, open to everybody",
    "accounts": "one's own account; found by the session or by a blind index",
    "unions": "who is in the tree is public; posts and rules are read by path",
    "notices": "read through the reader's own `notices`",
    "givers.Giver": "how a person wishes to be named; read through the person",
    "givers.Representative": "read through the organisation",
    "givers.Invitation": "read through the organisation, or by the blind index of one's own phone",
    "wishes.CatalogueItem": "a list of things and prices, open to everybody",
    "wishes.WallFigures": "counts of nobody, open to everybody",
    "wishes.Certificate": "open to whoever knows its number",
    "reviews.Flow": "the steps are no secret",
    "reviews.FlowStep": "the steps are no secret",
    "reviews.Seat": "read inside actions",
    "reviews.Decision": "read through its review",
    "cases.Assessment": "read through its application",
    "cases.Filler": "read inside actions",
    "cases.HomeCheck": "read through its application",
    "cases.Checker": "read through its home check",
    "cases.Evaluation": "read through its application",
    "cases.IncomeCheck": "read through its application",
}
# Names that were given up, with the one that stands now: functions, classes, fields, constants, modules.
RETIRED = {
    # The ground: actions, states, queries, keys, rates
    "one_act": "joined",
    "attempt": "savepoint",
    "moves": "states",
    "MOVES": "TRANSITIONS",
    "move_to": "transition_to",
    "Prepared": "CompiledQuery",
    "Slot": "Param",
    "prepared": "compiled",
    "pace": "throttle",
    "hurries": "is_too_fast",
    "hit": "count, in rate_limits",
    "pack": "stash",
    "unpack": "restore",
    "carry": "resume_form",
    "carried": "stashed, then restored",
    "opened": "scoped_by_caller, or unscoped(why=…)",
    # Who may, and why
    "open_holder": "log_access",
    "open_tied": "log_access",
    "log_work_access": "log_access",
    "NoTie": "NoAccessBasis",
    "tie": "access_basis",
    "untied": "no_access_basis",
    "Look": "AccessRow",
    "kin": "recusal",
    "require_apart": "require_no_conflict",
    "gates": "preconditions",
    "GateShut": "NotReady",
    "goes_on": "blocks_closing",
    "still_going_on": "closing_blockers",
    # People and their accounts
    "account_of": "get_or_create_account",
    "name_shown": "shown_name",
    "RecoveryCode": "OneTimeCode",
    "SPARE_CODES": "RECOVERY_CODES",
    "Membership": "Representative; a member is one of a union",
    # Households
    "standing": "case_application",
    "oneoff": "one_off_application",
    "reckoning": "assessment",
    "reckon": "assess_application",
    "shelf": "case_list; what waits is waiting",
    "ShelfForm": "CaseListForm",
    "matters": "my_applications",
    "dossier": "answers",
    # Wishes
    "Event": "Fair",
    "EventWish": "FairWish",
    "EVENT": "FAIR",
    "EVENT_MANAGE": "FAIR_MANAGE",
    "AlreadyAtEvent": "AlreadyAtFair",
    "EventIsOver": "FairIsOver",
    "EventNotRunning": "FairNotRunning",
    "EventNotToday": "FairNotToday",
    "WishNotForEvent": "WishNotForFair",
    "of_event": "of_fair",
    "Plan": "DeliveryPlan",
    "PlanProgress": "DeliveryPlanProgress",
    "plans_of": "delivery_plans_of",
    "Problem": "Complaint",
    "ProblemForm": "ComplaintForm",
    "ProblemOpen": "ComplaintOpen",
    "ProblemStands": "ComplaintStands",
    "PROBLEM_RAISED": "COMPLAINT_RAISED",
    "PROBLEM_ANSWERED": "COMPLAINT_ANSWERED",
    "WordsChanged": "core.seen.ChangedMeanwhile",
    "raise_problem": "raise_complaint",
    "open_problems": "open_complaints",
    # Doors
    "Keyboard": "CurrentUserMiddleware",
    "Strangers": "AnonymousScanMiddleware",
    "PassersBy": "AnonymousWallCache",
    "STRANGERS_SCANS": "ANONYMOUS_SCANS",
    "drawn": "CachedPage",
    "hung": "entry",
    "Sight": "ScanResult",
    "frame": "navigation, or apply/steps",
    # The demo
    "lives": "scenario",
    "fates": "timeline",
    "setting": "base_data",
    "playing": "runner",
}
SPOKEN_ELSEWHERE = (
    "api/problem.py", "api/description.py",  # a Problem as RFC 9457 means it
    "cases/form/one_off_application.py",  # an event in a family's life
)  # fmt: skip
# Files whose function needs a module that needs them: Django asks for these.
INNER_IMPORTS = (
    "accounts/models.py",
    "cases/apps.py",
    "codes/apps.py",
    "config/apps.py",
    "config/wsgi.py",  # the tables are known only once Django has started
    "core/apps.py",
)
# What writes and is no action, each with the reason why.
WRITERS = {
    "accounts.sessions.SessionStore.delete": "Django's own session, ended by its owner",
    "accounts.sign_ins.failed": "a count that a refusal must not take back, as those of rate limits",
    "accounts.sign_ins.limit_counted": "the same, of tries that went over a limit",
    "accounts.staff.change_password": "a code is used up even if the change is refused; then an action",
    "accounts.staff.prove": "one guarded UPDATE: a code that was tried stays used",
    "accounts.staff.sign_in": "one guarded UPDATE: a code that was tried stays used",
    "cases.applications.begin": "shared by start and by assisted applications",
    "cases.applications.new_holder": "shared by start and by assisted applications",
    "cases.files.list_members": "shared by open_case and by changes",
    "cases.files.write_fact": "shared by open_case and by what changes a fact",
    "cases.files.write_version": "shared by open_case and by what changes a file",
    "cases.household_marks.add": "shared by filling in and by submitting",
    "cases.household_marks.mark": "shared by the clock and by what changes a file",
    "cases.household_marks.note_payee": "half of an account that takes effect",
    "cases.households.drop_papers": "shared by the ways in which a draft ends",
    "cases.households.forget_papers": "shared by the ways in which papers go",
    "cases.households.sync": "shared by filling in and by submitting",
    "cases.turns.move_stranded": "the clock: each step moves in a transaction of its own",
    "cases.reviews.follow": "shared by decisions and by submitting",
    "exchange.qr.qr_png": "saves a picture, no row",
    "notices.send_due": "the clock: each message is leased outside any transaction",
    "notices.send_lasting": "the same, while the clock is in doubt",
    "unions.scope.ScopedQuerySet.update": "guards what callers write",
    "wishes.claims.take": "shared by claims of givers and of the union's fund",
    "wishes.models.wishes.Wish.transition_to": "a wish comes and goes in the search as it moves",
    "wishes.wall_index.write": "the search's own table, written as a wish moves",
}
# Actions in which nobody acts on another: the person is the first argument, or there is none yet.
WITHOUT_BY = {
    "accounts.devices.end_all": "part of changing a proof; the person is the first argument",
    "accounts.devices.sweep_sign_ins": "the clock: the session ran out a day ago",
    "accounts.phones.sweep_codes": "the clock: the code ran out a day ago",
    "accounts.phones.get_or_create_account": "nobody is signed in yet",
    "accounts.profile.set_elder": "how one's own pages look",
    "accounts.staff.close": "half of closing an account: who may, `unions.parts` asks",
    "accounts.staff.new_enrolment": "the command line",
    "accounts.staff.open_account": "half of an invitation; the command line",
    "accounts.staff.reset": "half of a reset: who may, `unions.posts` asks",
    "accounts.staff.text_enrolment": "the house tells, when a second person has confirmed",
    "accounts.tokens.touch": "how one's own token was last used",
    "cases.applications.expire": "the clock: thirty days are over",
    "cases.households.note_phone_tails": "the clock: what a new column lacks of old rows",
    "unions.messages.tell_of_shortage": "the clock: strangers have used up their share of the messages",
    "cases.turns.move_up": "the clock, or a post that ended: nobody wishes it",
    "reviews.move_up": "the clock, or a post that ended: nobody wishes it",
    "notices.forget_waiting": "the command line, when the demo is filled in",
    "notices.tell": "the house tells",
    "notices.text_phone": "the house tells",
    "notices.read": "one's own inbox",
    "notices.read_all": "one's own inbox",
    "reference.load_regions": "the command line, before anybody is there",
    "wishes.complaints.report": "a reader of the wall, who leaves no name",
    "wishes.wall_figures.count_wall": "the clock counts, of nobody",
    "wishes.wall_figures.count_wall_hourly": "the clock counts, of nobody",
    "unions.posts.install": "the command line, in an empty house",
    "unions.posts.install_together": "the command line, in an empty house",
    "unions.tree.found_province": "the command line, in an empty house",
}
# Functions of doors that catch a refusal by themselves, each with the reason why.
OWN_EXPLANATIONS = {
    "desk/cases/assist.py _submit": "no form: the overview says it beside each step",
    "desk/cases/assist.py member": "a Sheet is drawn from what was typed and what is wrong with it",
    "desk/cases/assist.py step": "a Sheet",
    "desk/cases/review_panel.py result_of": "the sentence stands where the figures would",
    "mobile/cases/apply.py _form": "a Sheet",
    "mobile/cases/attachments.py kind": "a Worded form, drawn from what is wrong",
    "mobile/cases/attachments.py sign": "a Worded form",
    "mobile/cases/choose_union.py begin": "no form: the sentence stands above the list of unions",
    "mobile/cases/choose_union.py page": "no form: the sentence stands above the list of unions",
    "mobile/cases/members.py part": "a Sheet",
    "mobile/cases/my_applications.py add_papers": "a Worded form",
    "mobile/cases/my_applications.py link_account": "a Worded form",
}
# Chinese that is filled in and stays Chinese: folders, files, or one sentence of a file.
FIXED_WORDS = {
    "__main__.py": "the command line; its words are bilingual",
    "config/": "the command line, and starts that fail",
    "core/management/": "the command line",
    "core/models.py 数据密钥 {}": "how a row calls itself in a shell",
    "core/provinces.py": "a mistake of whoever operates it",
    "core/audit/verifier.py": "the report of the command line",
    "core/audit/witness.py": "the report of the command line",
    "exchange/": "printed papers and the command line",
    "notices/": "text messages, which go out in Chinese",
    "reference/holidays.py": "names of days, kept in Chinese",
    "reference/management/": "the command line",
    "reference/notice_text.py": "patterns of what the notice says",
    "demo/": "names of made-up unions, and the command line",
    "cases/parts/applications.py {}月{}日": "a day in a notice, which is kept in Chinese",
    "cases/parts/transfers.py 由{}转入": "why a version was made, kept in the file",
    "cases/facts.py": "the six facts, kept in the file",
    "cases/masked_notice.py": "the public notice as it hangs",
    "cases/notices.py": "notices are kept in Chinese",
    "desk/cases/review_panel.py 补拍{}": "a letter to the worker, which the colleague goes on writing",
    "wishes/actions/addresses.py": "why an address was shown, kept with the look",
    "wishes/actions/complaints.py 家里反映：{}": "what was wrong, kept with the claim",
    "wishes/actions/confirmations.py 微心愿：{}": "a line of the ledger",
    "wishes/actions/union_fund.py 微心愿 {}": "a line of the ledger",
    "wishes/queries/descriptions.py": "kept with the wish; the filter `ages` says it",
    "screening/": "patterns of what people type",
}
# Marked words beside others, each with the reason why no language orders them otherwise.
JOINED = {
    "cases/form/parse.py f\"{text} {(_(field.unit) if field.unit else '')}\"": "a figure, its unit",
    "cases/parts/applications.py f'“{_(lack.title)}”'": "a title in its quotation marks",
}


# What is written -----------------------------------------------------------------------------


def rooms():
    """Everything but doors, what stands beside the rooms, and parts, which `half_verbs` inspects."""
    beside = {*DOORS, "demo", "web", "config", "core", "__main__", "__init__"}
    for source in sources():
        places = Path(source.path).with_suffix("").parts
        if places[0] not in beside and "parts" not in places:
            yield source


def test_doors_never_write():
    assert house.writes(sources(*DOORS)) == []


def test_what_writes_is_an_action():
    found = set(house.writers_that_are_no_action(rooms()))

    assert found - set(WRITERS) == set()
    assert set(WRITERS) - found == set(), "the excuse is not needed"


def test_an_action_knows_by_whom():
    assert set(house.actions_without_by(rooms())) - set(WITHOUT_BY) == set()


def test_a_verb_of_several_rooms_is_one_action_and_its_halves_are_none():
    assert house.half_verbs(sources()) == []


def test_no_test_calls_half_a_verb():
    tests = [Source(str(path.relative_to(TESTS)), path.read_text()) for path in TESTS.rglob("*.py")]

    assert house.imports_of_parts(tests) == []


def test_what_was_renamed_stays_renamed():
    ours = [source for source in sources() if source.path not in SPOKEN_ELSEWHERE]

    assert house.retired(ours, RETIRED) == []


def test_claim_and_open_have_one_meaning_each():
    assert house.meanings(sources(), "claim") == [
        "api/wishes/claims.py",
        "wishes/actions/claims.py",
    ]
    assert house.meanings(sources(), "open") == []


def test_every_noun_of_the_house_stands_in_the_terms():
    terms = TERMS.read_text()

    assert [m.__name__ for m in OURS if not re.search(rf"\b{m.__name__}\b", terms)] == []


def test_modules_are_things():
    assert house.gerunds(sources()) == []


def test_no_two_functions_differ_by_the_order_of_their_words():
    assert house.turned_names(sources()) == []


def test_imports_stand_at_the_top():
    assert house.inner_imports(s for s in sources() if s.path not in INNER_IMPORTS) == []


def test_doors_leave_the_explaining_of_refusals_to_one_place():
    found = house.own_explanations(sources(*DOORS))

    assert [name for name in found if name not in OWN_EXPLANATIONS] == []
    assert [name for name in OWN_EXPLANATIONS if name not in found] == [], (
        "the excuse is not needed"
    )


def test_a_policy_that_has_a_name_is_called_by_it():
    assert house.spelled_policies(sources(*DOORS, "demo")) == []


def test_why_somebody_may_see_a_household_is_said_in_one_place():
    assert house.grounds_elsewhere(sources()) == []


def test_every_refusal_says_what_to_do():
    assert house.unkind_words(sources()) == []


def test_no_script_has_words_of_its_own():
    found = house.scripts()

    assert {"js/once.js", "js/photo.js", "js/scanner.js"} <= {script.path for script in found}
    assert house.words_of_scripts(found) == []


def test_every_sentence_with_something_filled_in_can_be_said_in_english():
    found = house.filled_in_words(sources())

    assert [words for words in found if not words.startswith(tuple(FIXED_WORDS))] == []
    unused = [key for key in FIXED_WORDS if not any(words.startswith(key) for words in found)]
    assert unused == [], "the excuse is not needed"


def test_what_forms_one_sentence_is_marked_as_one():
    found = house.joined_sentences(sources())

    assert [words for words in found if words not in JOINED] == []
    assert [words for words in JOINED if words not in found] == [], "the excuse is not needed"


def test_nothing_bars_the_way_to_a_schema_per_province():
    assert house.locked_roads(sources(migrations=True)) == []
    assert house.deferred_constraints(OURS) == []
    assert house.numbered_keys(OURS) == []
    assert house.crossing_keys(OURS) == []


def test_no_file_grows_beyond_reading():
    assert house.long_files(sources(), most=LONGEST_FILE) == []


BROKEN_SOURCES = [
    (house.writes, "def view(request):\n    case.save()", "x/actions.py:2 .save()"),
    (
        house.inner_imports,
        "def act():\n    from mashang import desk",
        "x/actions.py:2 from mashang import desk",
    ),
    (
        house.own_explanations,
        "def view():\n    try:\n        act()\n    except (Late, errors.Invalid) as x:\n        tell(x)",
        "x/actions.py view",
    ),
    (
        house.own_explanations,
        "def view():\n    try:\n        act()\n    except Late as x:\n        form.add_error(None, x)",
        "x/actions.py view",
    ),
    (
        house.spelled_policies,
        "@policy(who=Who.SIGNED_IN, rows=Rows.OWN, level=Level.P2)\ndef view(): ...",
        "x/actions.py:1 policy(who=Who.SIGNED_IN, rows=Rows.OWN, level=Level.P2)",
    ),
    (
        house.spelled_policies,
        "reads = partial(policy, who=Who.STAFF)",
        "x/actions.py:1 partial(policy, who=Who.STAFF)",
    ),
    (
        house.spelled_policies,
        "mine = partial(own_page, Level.P2)",
        "x/actions.py:1 partial(own_page, Level.P2)",
    ),
    (house.grounds_elsewhere, "ours = Ground(WISH, lambda *who: True)", "x/actions.py:1 Ground"),
    (house.grounds_elsewhere, "Access(holder=holder, viewer=by).save()", "x/actions.py:1 Access"),
    (
        house.grounds_elsewhere,
        "models.Access.objects.create(holder=holder)",
        "x/actions.py:1 Access.objects.create",
    ),
    (house.grounds_elsewhere, "access.NEW_LOOK.insert_row(look)", "x/actions.py:1 NEW_LOOK"),
    (house.unkind_words, 'message = "参数错误"', "x/actions.py:1 参数错误"),
    (house.words_of_scripts, 'say("请稍候")', 'x/actions.py:1 say("请稍候")'),
    (
        house.words_of_scripts,
        'var ENGLISH = document.documentElement.lang === "en";',
        'x/actions.py:1 var ENGLISH = document.documentElement.lang === "en";',
    ),
    (house.filled_in_words, 'words = f"还缺{paper}"', "x/actions.py 还缺{}"),
    (house.joined_sentences, "x = said + _('；')", "x/actions.py said + _('；')"),
    (
        house.joined_sentences,
        "x = _('到 %(n)d') % n + '。'",
        "x/actions.py _('到 %(n)d') % n + '。'",
    ),
    (house.joined_sentences, 'x = f"{_(name)}{paper}"', "x/actions.py f'{_(name)}{paper}'"),
    (house.joined_sentences, "words += N_('。')", "x/actions.py words += N_('。')"),
    (house.joined_sentences, "''.join([_('还缺'), x])", "x/actions.py ''.join([_('还缺'), x])"),
    (house.locked_roads, 'run("SELECT pg_advisory_lock(1)")', "x/actions.py:1 pg_advisory"),
    (house.locked_roads, 'run("NOTIFY cards")', "x/actions.py:1 NOTIFY"),
    (
        house.locked_roads,
        '("id", models.BigAutoField(primary_key=True))',
        "x/actions.py:1 AutoField(",
    ),
    (house.writers_that_are_no_action, "def file():\n    Case.objects.create()", "x.file"),
    (
        house.writers_that_are_no_action,
        "def _touch(rows):\n    rows.update(seen_at=now())\ndef page(rows):\n    return _touch(rows)",
        "x.page",
    ),
    (
        house.writers_that_are_no_action,
        "class Seen:\n    def on(self):\n        with cursor() as c:\n            c.execute(SQL)",
        "x.Seen.on",
    ),
    (house.actions_without_by, "@action\ndef file(case):\n    case.save()", "x.file"),
    (house.actions_without_by, "@action\ndef file(case, by):\n    case.save()", "x.file"),
]


@pytest.mark.parametrize(("inspect", "text", "finding"), BROKEN_SOURCES)
def test_each_inspection_of_sources_can_fail(inspect, text, finding):
    assert inspect([Source("x/actions.py", text)]) == [finding]


PARTED = [
    (house.half_verbs, "cases/parts/files.py", "@action\ndef close(by): ...", "close acts"),
    (house.half_verbs, "workflows/close_case.py", "@action\ndef end(by): ...", "['end']"),
    (
        house.imports_of_parts,
        "wishes/test_follow.py",
        "from mashang.cases.parts import files",
        "mashang.cases.parts",
    ),
    (
        house.imports_of_parts,
        "test_x.py",
        "from mashang.codes import parts",
        "mashang.codes",
    ),
    (
        house.turned_names,
        "givers/queries.py",
        "def shown_name(): ...\ndef name_shown(): ...",
        "name_shown and shown_name",
    ),
]


@pytest.mark.parametrize(("inspect", "path", "text", "finding"), PARTED)
def test_each_inspection_of_places_can_fail(inspect, path, text, finding):
    assert inspect([Source(path, text)]) == [f"{path} {finding}"]


@pytest.mark.parametrize(
    ("path", "text", "name"),
    [
        ("x.py", "from y import Slot", "Slot"),
        ("x.py", "def tie(): ...", "tie"),
        ("x.py", "class Look: ...", "Look"),
        ("x.py", "SPARE_CODES = 10", "SPARE_CODES"),
        ("x.py", "class Claim:\n    MOVES: dict = {}", "MOVES"),
        ("x.py", "class Stock:\n    prepared, left = 1, 2", "prepared"),
        ("x/kin.py", "", "kin"),
        ("cases/reckoning/__init__.py", "", "reckoning"),
    ],
)
def test_a_name_that_comes_back_would_be_seen(path, text, name):
    assert house.retired([Source(path, text)], RETIRED) == [f"{path} {name}: {RETIRED[name]}"]


def test_a_name_of_today_and_a_local_are_none_of_the_given_up():
    today = "class Fair: ...\ndef match():\n    hit = 1"

    assert house.retired([Source("x.py", today)], RETIRED) == []


def test_a_second_meaning_would_be_seen():
    assert house.meanings([Source("x.py", "def open(self): ...")], "open") == ["x.py"]


def test_a_module_named_by_a_gerund_would_be_seen():
    assert house.gerunds([Source("cases/actions/filing.py", "")]) == ["cases/actions/filing.py"]


def test_a_long_file_would_be_seen():
    assert house.long_files([Source("x.py", "pass\n" * 451)], most=LONGEST_FILE) == ["x.py 451"]


# What is shown -------------------------------------------------------------------------------


def amiss(route, policy):
    """What is wrong with the policy of an address."""
    if policy is None:
        return f"{route} has no policy"
    if policy.rows in (Rows.OWN, Rows.PAIRED, Rows.SCOPE) and policy.who is Who.ANYONE:
        return f"{route} shows private rows to anyone"
    if policy.rows is Rows.SCOPE and policy.who is not Who.STAFF:
        return f"{route} shows a branch to people without a post"
    if policy.level is Level.P4 and policy.who is Who.STAFF and not policy.fresh:
        return f"{route} shows P4 to a colleague without a fresh sign-in"
    return None


def test_every_view_has_a_policy_that_fits_what_it_shows():
    assert [text for route, view in views() if (text := amiss(route, policy_of(view)))] == []


def test_a_view_with_a_loose_policy_would_be_seen():
    def bare(request):
        return None

    policy = policy_of(next(view for route, view in views() if route == "own/"))
    to_anyone = type(policy)(Who.ANYONE, Rows.OWN, Level.P3, ("GET",))
    stale = type(policy)(Who.STAFF, Rows.SCOPE, Level.P4, ("GET",))

    assert amiss("x/", policy_of(bare)) == "x/ has no policy"
    assert amiss("x/", to_anyone) == "x/ shows private rows to anyone"
    assert amiss("x/", stale) == "x/ shows P4 to a colleague without a fresh sign-in"


TEMPLATES = [
    name
    for path in HOUSE.rglob("templates/**/*.html")
    if not (name := str(path).split("templates/", 1)[1]).startswith("django/")  # Django calls these
]


def said():
    return "\n".join(
        path.read_text() for path in HOUSE.rglob("*") if path.suffix in {".py", ".html"}
    )


def test_every_template_is_used_or_is_a_part_that_docs_look_md_offers():
    offered = set(re.findall(r"^\| `(\w+)` \|", LOOK.read_text(), re.MULTILINE))
    pages = [
        name for name in TEMPLATES if not ("/components/" in name or name.startswith("parts/"))
    ]
    parts = [name for name in TEMPLATES if name not in pages and Path(name).stem not in offered]

    assert house.orphans([*pages, *parts], said()) == []


def test_an_orphaned_template_would_be_seen():
    named = 'render(request, "desk/a.html"); render(request, f"desk/forms/{page}.html")'
    templates = ["desk/a.html", "desk/b.html", "desk/forms/c.html"]

    assert house.orphans(templates, named) == ["desk/b.html"]


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_is_whole_and_kind(name):
    """困难 stands on staff screens only (docs/look.md)."""
    source = get_template(name).template.source

    assert not name.startswith("mobile/") or "困难" not in source
    assert not re.search(r"\sstyle=|<script>|\son\w+=", source), "the page's CSP forbids it"


def test_no_line_of_a_template_is_longer_than_a_review_can_show():
    found = house.templates()

    assert {"desk/templates/desk/base.html", "web/templates/parts/badge.html"} <= {
        p.path for p in found
    }
    assert house.long_lines(found, most=LONGEST_LINE) == []


def test_a_long_line_of_a_template_would_be_seen():
    broken = Source("x/templates/x.html", f"<p>\n{'字' * 120}\n{'字' * 121}\n</p>")

    assert house.long_lines([broken], most=LONGEST_LINE) == ["x/templates/x.html:3 121"]


def caught(found):
    """Addresses of one room that a pattern of another room catches too."""
    return [
        f"{room} {route} is caught by {other}"
        for room, patterns in found.items()
        for pattern in patterns
        for other, others in found.items()
        if other != room
        and any(each.resolve(sample(route := str(pattern.pattern))) for each in others)
    ]


def sample(route):
    """Some address of this route."""
    some = {"uuid": str(UUID(int=7)), "int": "7", "case_tab": "facts"}
    return re.sub(r"<(\w+):\w+>", lambda match: some.get(match[1], "x7"), route)


@pytest.mark.parametrize("door", ["desk", "mobile"])
def test_the_order_of_rooms_decides_nothing(door):
    assert (
        caught(dict(zip(rooms_of(door), [m.urlpatterns for m in urls_of(door)], strict=True))) == []
    )


def test_an_address_that_two_rooms_claim_would_be_seen():
    view = policy_of
    found = {"cases": [path("x/<slug:tab>/", view)], "wishes": [path("x/post/", view)]}

    assert caught(found) == ["wishes x/post/ is caught by cases"]


# What is kept --------------------------------------------------------------------------------


def test_every_model_has_a_scope_or_a_line_that_says_why_not():
    bare = house.unscoped(OURS)

    assert [x for x in bare if x not in UNSCOPED and x.split(".")[0] not in UNSCOPED] == []
    assert [x for x in UNSCOPED if "." in x and x not in bare] == [], "the excuse is not needed"


def test_every_table_has_its_name_and_its_line():
    assert house.unnamed(OURS) == []


def test_every_move_is_between_states_that_a_constraint_knows():
    assert house.loose_states(OURS) == []


def test_money_is_whole_fen_and_moments_are_named_so():
    assert house.misnamed_columns(OURS) == ["core.TrailEntry.at"]  # as it is signed


@pytest.mark.django_db
def test_append_only_tables_are_guarded_in_the_database():
    assert triggers.unguarded(connection) == []


def test_every_table_that_is_only_added_to_is_bound_by_the_trail_with_all_its_columns():
    bound = {table.model: set(table.forms[table.form]) for table in bound_tables()}
    append_only = [m for m in OURS if getattr(m, "APPEND_ONLY", False) and m is not TrailEntry]

    assert {m: {f.attname for f in m._meta.concrete_fields} for m in append_only} == {
        m: columns for m, columns in bound.items() if m in append_only
    }
    for model, columns in bound.items():
        assert columns <= {field.attname for field in model._meta.concrete_fields}


def test_every_constraint_with_a_sentence_exists():
    standing = {constraint.name for model in OURS for constraint in model._meta.constraints}

    assert set(errors._registered) - standing == set()


@pytest.fixture
def broken():
    """A table with every fault."""
    with isolate_apps("mashang.cases"):

        class Broken(Stateful):
            class State(models.TextChoices):
                ON = "on"
                OFF = "off"

            TRANSITIONS = {State.ON: {State.OFF}}
            id = models.BigAutoField(primary_key=True)
            region = models.ForeignKey("reference.Region", models.PROTECT)
            state = models.CharField(max_length=3)
            noon = models.DateTimeField()
            yuan = models.DecimalField(max_digits=9, decimal_places=2)

            class Meta:
                app_label = "cases"
                constraints = [
                    state_check("broken_state", "on"),
                    models.UniqueConstraint(
                        fields=["state"], name="late", deferrable=models.Deferrable.DEFERRED
                    ),
                ]

        Broken._meta.get_field("region").remote_field.model = apps.get_model("reference.Region")
        yield Broken


@pytest.mark.parametrize(
    ("inspect", "found"),
    [
        (house.unscoped, ["cases.Broken"]),
        (house.numbered_keys, ["cases.Broken"]),
        (house.unnamed, ["cases.Broken"]),
        (house.crossing_keys, ["cases.Broken.region"]),
        (house.loose_states, ["cases.Broken"]),
        (house.deferred_constraints, ["late"]),
        (house.misnamed_columns, ["cases.Broken.noon", "cases.Broken.yuan"]),
    ],
)
def test_each_inspection_of_models_can_fail(broken, inspect, found):
    assert inspect([broken]) == found


def test_every_table_of_ours_is_a_record_or_has_a_key_of_its_own():
    own_keys = {"accounts.SignIn", "core.TrailHead", "core.TrailEntry"}
    own_keys |= {
        "core.Installation",
        "core.Tick",
        "core.Lease",
    }  # one row of each, or one for each name

    assert {m._meta.label for m in OURS if not issubclass(m, Record)} == own_keys
