"""爱心证书 on paper: read back by readers not our own, and silent about the family."""

from io import BytesIO

import pypdfium2
import pytest

from mashang.exchange.certificates import MARGIN, SIZE, print_certificate
from mashang.exchange.paper import NO_GLYPH, lacking
from mashang.web.templatetags.words import unprintable
from mashang.wishes.models import Certificate
from tests.exchange import paper
from tests.wishes.deliveries import claimed, fulfilled

pytestmark = pytest.mark.django_db
MM = 72 / 25.4


@pytest.fixture
def certificate(branch_a, chen):
    return fulfilled(claimed(branch_a), chen).certificate


def sheet(certificate):
    return pypdfium2.PdfDocument(BytesIO(print_certificate(certificate)))


def test_the_sheet_says_who_gave_what_and_who_thanks(certificate):
    said = paper.words(sheet(certificate))

    for words in ("爱心证书", "热心人", "电饭煲", "青山县总工会", certificate.number):
        assert words in said


def test_its_code_leads_to_the_page_that_verifies_it(certificate, settings):
    codes = paper.codes_in(paper.picture(sheet(certificate)[0], crop=(0, 0, 0, 0)))

    assert codes == [f"{settings.MASHANG_PUBLIC_URL}/certificates/{certificate.number}/"]


def test_neither_the_sheet_nor_the_file_behind_it_knows_the_family(certificate):
    holder = certificate.claim.wish.holder
    pdf = sheet(certificate)
    said = paper.words(pdf) + str(pdf.get_metadata_dict()) + str(print_certificate(certificate))

    # Four digits alone may stand in any number, so the ID number is looked for as a whole.
    number = holder.id_number.reveal()
    for word in (holder.name, holder.phone.reveal(), number, holder.union.name, "困"):
        assert word not in said


def test_the_longest_names_stay_within_the_frame(certificate):
    longest = Certificate(
        number=certificate.number,
        shown_name="爱" * 80,
        item="锅" * 30,
        issued_on=certificate.issued_on,
        union_name="工" * 80,
    )

    text = sheet(longest)[0].get_textpage()
    boxes = [text.get_charbox(n) for n in range(text.count_chars())]
    assert min(box[0] for box in boxes) > (MARGIN - 2) * MM
    assert max(box[2] for box in boxes) < (SIZE[0] - MARGIN + 2) * MM


def test_a_rare_character_does_not_stop_the_print(certificate):
    rare = Certificate(
        number=certificate.number,
        shown_name="𠮷先生",
        item="锅",
        issued_on=certificate.issued_on,
        union_name="某县总工会",
    )

    assert "〓先生" in paper.words(sheet(rare))


def test_joiners_and_selectors_are_not_printed_and_what_no_font_has_is_known_before(certificate):
    certificate.shown_name, certificate.item = "𡌴家\u200d人", "书包☎\ufe0f🎒👩\u200d👧"

    assert lacking(certificate.shown_name, certificate.item).replace("☎", "") == "𡌴🎒👩👧"
    said = paper.words(sheet(certificate))
    assert said.count(NO_GLYPH) == len(lacking("𡌴")) + len(lacking(certificate.item))


def test_the_sentence_before_printing_names_the_letters():
    assert unprintable("𡌴先生𡌴") == "“𡌴”这些字字库里没有，印出来会是“〓”"
    assert unprintable("王先生") == unprintable("") == unprintable(None) == ""
