"""材料: photos are known by their content, lose their metadata, and lie sealed."""

import io
from datetime import UTC, datetime

import pytest
import time_machine
from PIL import Image

from mashang import workflows
from mashang.accounts.models import User
from mashang.cases import preconditions
from mashang.cases.actions import applications, assisted, papers
from mashang.cases.models import Attachment
from mashang.cases.queries.drafts import papers_lacking
from mashang.core.errors import Invalid, Missing, NotAllowed, WrongState
from mashang.core.privacy import photos, pixels, store
from mashang.core.privacy.photos import BadPhoto
from mashang.reviews.models import Step
from mashang.unions.models import Union
from tests.cases.answers import begin, make_ready
from tests.pictures import make_jpeg, make_png

Branch = dict[str, Union]


def test_a_photo_is_kept_sealed_and_comes_back(
    li: User, branch_a: Branch, settings: object
) -> None:
    application = begin(li, branch_a["own"])

    paper = papers.add(application, kind="id_card", data=make_jpeg(), by=li)

    key = application.holder.data_key
    plain = store.read(paper.blob, key)
    assert plain[:3] == b"\xff\xd8\xff" and (paper.width, paper.height) == (800, 600)
    on_disk = store._path(paper.blob).read_bytes()
    assert b"JFIF" not in on_disk and on_disk != plain
    assert store._path(paper.blob).stat().st_mode & 0o777 == 0o600


def test_the_same_photo_twice_stays_one(li: User, branch_a: Branch) -> None:
    application, data = begin(li, branch_a["own"]), make_jpeg()

    first = papers.add(application, kind="id_card", data=data, by=li)
    second = papers.add(application, kind="id_card", data=data, by=li)

    assert first == second and Attachment.objects.count() == 1


def test_where_and_when_it_was_taken_stays_behind() -> None:
    exif = Image.Exif()
    exif[0x010F] = "SecretPhone"
    exif[0x0112] = 6  # lies on its side

    photo = photos.clean(make_jpeg(800, 600, exif=exif))

    assert b"SecretPhone" not in photo.data and b"Exif" not in photo.data
    assert (photo.width, photo.height) == (600, 800)  # turned upright instead


def test_a_40_megapixel_photo_is_made_small() -> None:
    photo = photos.clean(make_jpeg(7300, 5480))

    assert max(photo.width, photo.height) <= pixels.LONGEST_SIDE


def test_a_photo_of_several_pictures_counts_as_its_first() -> None:
    written = io.BytesIO()
    second = Image.new("RGB", (100, 100), "red")
    first = Image.new("RGB", (7300, 5480), "white")
    first.save(written, "MPO", save_all=True, append_images=[second])

    photo = photos.clean(written.getvalue())

    assert max(photo.width, photo.height) <= pixels.LONGEST_SIDE


def test_a_40_megapixel_picture_that_cannot_be_scaled_is_refused_with_advice() -> None:
    with pytest.raises(BadPhoto) as refusal:
        photos.clean(make_png(7300, 5480))

    assert "分辨率" in str(refusal.value) and "截图" in str(refusal.value)


def test_a_pdf_named_jpg_says_so() -> None:
    with pytest.raises(BadPhoto) as refusal:
        photos.clean(b"%PDF-1.7\n1 0 obj <<>> endobj")

    assert "PDF" in str(refusal.value) and "拍成照片" in refusal.value.fields["photo"]


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 64, "HEIC"),
        (b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 64, "视频"),
        (b"PK\x03\x04" + b"\x00" * 64, "压缩包"),
        (b"", "没有收到"),
        (b"<svg onload=alert(1)>", "打不开"),
        (make_jpeg()[:500], "打不开"),
        (make_jpeg(20, 20), "太小"),
        (b"\xff" * (photos.MOST_BYTES + 1), "太大"),
    ],
)
def test_what_is_no_photo_has_its_sentence(data: bytes, word: str) -> None:
    with pytest.raises(BadPhoto) as refusal:
        photos.clean(data)

    assert word in str(refusal.value)


def test_a_drawing_on_nothing_turns_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (300, 120), (0, 0, 0, 0)).save(written, "PNG")

    photo = photos.clean(written.getvalue())

    assert Image.open(io.BytesIO(photo.data)).getpixel((5, 5)) == (255, 255, 255)


def test_a_photo_can_be_taken_back_until_the_union_works_on_it(
    li: User, branch_a: Branch, django_capture_on_commit_callbacks: object
) -> None:
    application = begin(li, branch_a["own"])
    paper = papers.add(application, kind="id_card", data=make_jpeg(), by=li)

    with django_capture_on_commit_callbacks(execute=True):
        papers.remove(paper, by=li)

    with pytest.raises(Missing):
        store.read(paper.blob, application.holder.data_key)


def test_a_new_signature_takes_the_place_of_the_old(li: User, branch_a: Branch) -> None:
    application = begin(li, branch_a["own"])

    papers.sign(application, data=make_jpeg(300, 120), by=li)
    papers.sign(application, data=make_jpeg(320, 120), by=li)

    assert Attachment.objects.filter(kind="signature", removed_at=None).count() == 1


def test_papers_may_follow_while_it_is_under_way_and_not_afterwards(
    li: User, branch_a: Branch
) -> None:
    application = workflows.submit_application(make_ready(li, branch_a), by=li)
    papers.add(application, kind="bills", data=make_jpeg(), by=li)
    applications.withdraw(application, by=li)

    with pytest.raises(WrongState):
        papers.add(application, kind="bills", data=make_jpeg(810, 600), by=li)


def test_papers_of_an_earlier_application_are_not_counted_for_the_new_one(
    li: User, branch_a: Branch
) -> None:
    """They lie with the one that was withdrawn; neither the family nor the clerk sees them here."""
    first = workflows.submit_application(make_ready(li, branch_a), by=li)
    papers.add(first, kind="id_card", data=make_jpeg(), by=li)
    assert "身份证（正反面）" not in papers_lacking(first)
    applications.withdraw(first, by=li)
    second = workflows.submit_application(make_ready(li, branch_a), by=li)
    step = Step.objects.get(subject_id=second.pk)

    assert "身份证（正反面）" in papers_lacking(second)
    assert "id_card" in preconditions.papers_lacking(second, step)


def test_papers_that_counted_when_it_was_sent_count_until_it_is_decided(
    li: User, branch_a: Branch
) -> None:
    """“系统说不缺材料才交的”: sent before the rule changed, it is not held up for what lies with an earlier one."""
    with time_machine.travel(datetime(2026, 11, 30, 10, tzinfo=UTC), tick=False):
        first = workflows.submit_application(make_ready(li, branch_a), by=li)
        papers.add(first, kind="id_card", data=make_jpeg(), by=li)
        applications.withdraw(first, by=li)
        second = workflows.submit_application(make_ready(li, branch_a), by=li)
    step = Step.objects.get(subject_id=second.pk)

    assert "身份证（正反面）" not in papers_lacking(second)
    assert "id_card" not in preconditions.papers_lacking(second, step)


def test_only_the_worker_and_the_own_union_add_papers(
    li: User, branch_a: Branch, chen: User, lu: User
) -> None:
    application = begin(li, branch_a["own"])
    assisted.take_over(application, reason="住院", by=chen)

    papers.add(application, kind="id_card", data=make_jpeg(), by=chen)
    with pytest.raises(NotAllowed):
        papers.add(application, kind="id_card", data=make_jpeg(810, 600), by=lu)


@pytest.mark.parametrize("kind", ["home", "minutes", "publicity", "upper_union", "assist"])
def test_a_worker_hands_in_no_paper_of_the_union(li: User, branch_a: Branch, kind: str) -> None:
    application = begin(li, branch_a["own"])
    with pytest.raises(Invalid):
        papers.add(application, kind=kind, data=make_jpeg(), by=li)


def test_an_unknown_kind_is_refused(li: User, branch_a: Branch) -> None:
    with pytest.raises(Invalid) as refusal:
        papers.add(begin(li, branch_a["own"]), kind="selfie", data=make_jpeg(), by=li)

    assert "哪一种材料" in refusal.value.fields["kind"]
