"""Printed cards: every code can be read, and nothing on paper says who carries it or why."""

from io import BytesIO
from uuid import UUID

import pypdfium2
import pytest

from mashang.codes import token
from mashang.exchange.cards import (
    A4_SHEET,
    CARD_HEIGHT,
    CARD_WIDTH,
    QR_LEFT,
    QR_SIDE,
    QR_TOP,
    SINGLE,
    CardFace,
    print_cards,
)
from mashang.exchange.qr import QUIET, Symbol
from tests.exchange import paper

UNION, HOTLINE = "南宁市西乡塘区总工会", "0771-12351"
MM = 72 / 25.4


def face(number, union_name=UNION):
    address = token.url(token.mint(UUID(int=number), 1))
    return CardFace(union_name, HOTLINE, f"NN{number:06d}", address)


def pdf_of(faces, layout=A4_SHEET):
    file = BytesIO()
    printed = print_cards(faces, file, layout)
    return printed, pypdfium2.PdfDocument(file.getvalue())


def test_every_tenth_of_three_hundred_codes_is_read_back_from_paper():
    faces = [face(n) for n in range(300)]

    printed, pdf = pdf_of(iter(faces))

    assert printed.cards == 300 and len(pdf) == 30
    assert list(paper.every_tenth_code(pdf)) == [[one.url] for one in faces[::10]]


def test_all_ten_codes_of_a_sheet_are_read_and_lie_apart():
    faces = [face(n) for n in range(10)]

    _, pdf = pdf_of(faces)

    codes = paper.codes_in(paper.picture(pdf[0], crop=(0, 0, 0, 0)))
    assert sorted(codes) == sorted(one.url for one in faces)


def test_the_last_sheet_may_be_short():
    _, pdf = pdf_of([face(n) for n in range(13)])

    codes = paper.codes_in(paper.picture(pdf[1], crop=(0, 0, 0, 0)))
    assert len(pdf) == 2 and len(codes) == 3


def test_single_cards_come_one_a_page_in_the_size_of_a_bank_card():
    faces = [face(n) for n in range(3)]

    _, pdf = pdf_of(faces, SINGLE)

    assert [page.get_size() for page in pdf] == [
        pytest.approx((CARD_WIDTH * MM, CARD_HEIGHT * MM), abs=0.01)
    ] * 3
    read = [paper.codes_in(paper.picture(page, crop=(0, 0, 0, 0))) for page in pdf]
    assert read == [[one.url] for one in faces]


def test_a_card_says_union_hotline_number_and_one_neutral_sentence_and_nothing_else():
    _, pdf = pdf_of([face(7)], SINGLE)

    assert paper.words(pdf).split() == [
        UNION,
        "服务卡",
        "编号",
        "NN000007",
        "请妥善保管，遗失请致电",
        HOTLINE,
    ]


def test_neither_the_paper_nor_the_file_behind_it_speaks_of_hardship():
    _, pdf = pdf_of([face(n) for n in range(10)])

    said = paper.words(pdf) + str(pdf.get_metadata_dict())

    assert "困" not in said and "贫" not in said and "http" not in said.lower()


def test_a_long_name_of_a_union_goes_on_two_lines_inside_the_card():
    name = "广西壮族自治区南宁市青秀区新竹街道某某建筑工程有限责任公司第三项目部工会委员会"

    _, pdf = pdf_of([face(1, union_name=name)], SINGLE)

    text = pdf[0].get_textpage()
    boxes = [text.get_charbox(n) for n in range(text.count_chars())]
    assert name in "".join(paper.words(pdf).split())
    assert min(box[0] for box in boxes) > 4 * MM
    assert max(box[2] for box in boxes) < (CARD_WIDTH - 4) * MM


def test_rare_characters_are_printed():
    printed, pdf = pdf_of([face(1, union_name="䶮水镇𬭎业公司𬱖龙工会")], SINGLE)

    assert printed.missing == "" == printed.warning
    assert "䶮水镇𬭎业公司𬱖龙工会" in paper.words(pdf)


def test_a_character_that_the_font_lacks_is_marked_on_the_card_and_named_in_a_warning():
    faces = [face(1, union_name="𠮷林工会"), face(2), face(3, union_name="𠮷林𠀋工会")]

    printed, pdf = pdf_of(faces)

    assert printed.missing == "𠀋𠮷"
    assert "𠀋𠮷" in printed.warning and "重印" in printed.warning
    assert "〓林工会" in paper.words(pdf) and "〓林〓工会" in paper.words(pdf)


def test_the_white_around_a_code_is_wide_enough_on_all_sides():
    module = QR_SIDE / Symbol.of(face(1).url).size
    right, below = CARD_WIDTH - QR_LEFT - QR_SIDE, CARD_HEIGHT - QR_TOP - QR_SIDE

    assert min(right, below) >= QUIET * module
    _, pdf = pdf_of([face(1)], SINGLE)
    white = tuple(QUIET * module for _ in range(4))
    cut = (QR_LEFT - white[0], below - white[1], right - white[2], QR_TOP - white[3])
    panel = paper.picture(pdf[0], crop=tuple(edge * MM for edge in cut))
    dark = panel.point(lambda value: 255 * (value < 128)).getbbox()
    side = module * MM * paper.DOTS_A_POINT
    assert dark[0] >= (QUIET - 0.2) * side and dark[1] >= (QUIET - 0.2) * side
    assert panel.width - dark[2] >= (QUIET - 0.2) * side
    assert panel.height - dark[3] >= (QUIET - 0.2) * side


def test_cut_marks_stand_outside_the_cards():
    _, pdf = pdf_of([face(1)])

    page = paper.picture(pdf[0], crop=(0, 0, 0, 0))
    dots = paper.DOTS_A_POINT * MM
    margin = page.crop((0, 0, int(18 * dots), page.height))
    assert margin.point(lambda value: 255 * (value < 200)).getbbox() is not None
    assert A4_SHEET.xs == pytest.approx([19.4, 105, 190.6])
    assert A4_SHEET.ys == pytest.approx([13.5, 67.5, 121.5, 175.5, 229.5, 283.5])


def test_a_card_takes_less_than_half_a_kilobyte_beside_the_font():
    small, large = BytesIO(), BytesIO()
    print_cards([face(n) for n in range(10)], small)
    print_cards([face(n) for n in range(510)], large)

    assert (len(large.getvalue()) - len(small.getvalue())) / 500 < 500


def test_no_face_gives_a_readable_file():
    printed, pdf = pdf_of([])

    assert printed.cards == 0 and paper.words(pdf).strip() == ""
