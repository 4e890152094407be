"""The small scripts: each adds one thing to a page that works without it."""

import base64
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from pytest_django import Settings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def component_pages(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.browser.pages"


def shown(page: Page, label: str) -> str:
    return page.get_by_label(label, exact=True).input_value()


def drafts(page: Page) -> object:
    return page.evaluate(
        """async () => {
            const store = await idb.openDB("mashang", 1);
            return (await store.getAll("drafts")).map(draft => draft.values.map(one => one.name));
        }"""
    )


def test_the_keypad_types_an_id_number_with_x(phone: Page) -> None:
    phone.goto("/form/")
    phone.get_by_label("身份证号", exact=True).focus()
    keys = phone.get_by_role("group", name="身份证号键盘")
    for key in "99010119680214001X":
        keys.get_by_role("button", name=key, exact=True).click()

    assert shown(phone, "身份证号") == "99010119680214001X"
    assert "990101 19680214 001X" in phone.content()
    keys.get_by_role("button", name="删除一位").click()
    assert shown(phone, "身份证号") == "99010119680214001"
    keys.get_by_role("button", name="填好了").click()
    expect(keys).to_be_hidden()


def test_the_keypad_corrects_in_the_middle(phone: Page) -> None:
    phone.goto("/form/")
    field = phone.get_by_label("身份证号", exact=True)
    field.fill("9901")
    field.focus()
    field.evaluate("field => field.setSelectionRange(2, 2)")
    phone.get_by_role("button", name="7", exact=True).click()
    phone.get_by_role("button", name="8", exact=True).click()

    assert field.input_value() == "997801"


def test_what_was_typed_is_there_again_after_a_lost_page(phone: Page) -> None:
    phone.goto("/form/")
    phone.get_by_label("补充说明").fill("家里漏雨")
    phone.get_by_label("身份证号", exact=True).fill("990101196802140016")
    phone.wait_for_timeout(700)
    phone.reload()

    expect(phone.get_by_label("补充说明")).to_have_value("家里漏雨")
    expect(phone.get_by_text("已把您上次填的内容放回来了")).to_be_visible()
    assert shown(phone, "身份证号") == ""
    assert drafts(phone) == [["income", "words"]]


def test_a_draft_is_forgotten_when_the_form_has_gone(phone: Page) -> None:
    phone.goto("/form/")
    phone.get_by_label("补充说明").fill("家里漏雨")
    phone.wait_for_timeout(700)
    phone.goto("/done/")
    phone.wait_for_timeout(300)
    phone.goto("/form/")
    phone.wait_for_timeout(300)

    assert phone.get_by_label("补充说明").input_value() == ""
    assert drafts(phone) == []


def test_a_large_photograph_is_made_small_on_the_phone(phone: Page, tmp_path: Path) -> None:
    picture = tmp_path / "hukou.png"
    Image.effect_noise((2400, 3200), 60).convert("RGB").save(picture)
    phone.goto("/form/")
    chooser = phone.locator("[name=papers]")
    chooser.set_input_files(picture)

    expect(phone.get_by_text("已选 1 张，还没有提交")).to_be_visible()
    kind, size = phone.evaluate(
        "(f => [f.type, f.size])(document.querySelector('[name=papers]').files[0])"
    )
    longest = phone.evaluate(
        "createImageBitmap(document.querySelector('[name=papers]').files[0]).then(b => Math.max(b.width, b.height))"
    )
    assert (kind, longest) == ("image/jpeg", 1600)
    assert size < picture.stat().st_size / 4
    assert phone.locator("[data-photos] img").count() == 1


def test_what_is_no_picture_goes_as_it_is(phone: Page, tmp_path: Path) -> None:
    paper = tmp_path / "paper.jpg"
    paper.write_bytes(b"%PDF-1.4 not a picture")
    phone.goto("/form/")
    phone.locator("[name=papers]").set_input_files(paper)

    expect(phone.get_by_text("已选 1 张，还没有提交")).to_be_visible()
    assert (
        phone.evaluate("document.querySelector('[name=papers]').files[0].size")
        == paper.stat().st_size
    )


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("is_whole", [True, False])
def test_a_photograph_that_broke_off_goes_as_it_is_and_the_server_says_so(
    phone: Page, tmp_path: Path, format: str, is_whole: bool
) -> None:
    """A browser draws it with grey below: made small, it would pass for a whole one."""
    paper = tmp_path / "paper"
    picture = Image.effect_noise((1800, 2400), 60).convert("RGB")
    thumbnail = b"Exif\0\0" + b"\xff\xd8small\xff\xd9"
    picture.save(paper, format, **({"exif": thumbnail} if format == "JPEG" else {}))
    sent = paper.read_bytes()[: None if is_whole else paper.stat().st_size // 2]
    paper.write_bytes(sent)
    phone.goto("/form/")
    phone.locator("[name=papers]").set_input_files(paper)

    expect(phone.get_by_text("已选 1 张，还没有提交")).to_be_visible()
    size = phone.evaluate("document.querySelector('[name=papers]').files[0].size")
    assert (size < len(sent)) is is_whole


def test_a_signature_becomes_a_picture_and_can_be_written_anew(phone: Page) -> None:
    phone.goto("/form/")
    sheet = phone.locator("canvas")
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    assert box
    phone.mouse.move(box["x"] + 40, box["y"] + 60)
    phone.mouse.down()
    phone.mouse.move(box["x"] + 160, box["y"] + 110, steps=12)
    phone.mouse.up()

    signed = phone.locator("[name=signed]").input_value()
    assert base64.b64decode(signed.removeprefix("data:image/png;base64,")).startswith(b"\x89PNG")
    phone.get_by_role("button", name="重新写").click()
    assert phone.locator("[name=signed]").input_value() == ""


def test_the_paper_way_to_sign_stands_open_without_scripts(plain: Page) -> None:
    plain.goto("/form/")

    assert not plain.locator("canvas").is_visible()
    assert plain.get_by_text("不方便手写").is_visible()


def test_a_second_tap_sends_nothing(phone: Page) -> None:
    sent: list[str] = []
    phone.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    phone.goto("/form/")
    with phone.expect_navigation():
        phone.evaluate(
            """() => {
                const button = document.querySelector("button[type=submit]");
                button.click();
                button.click();
            }"""
        )

    assert len(sent) == 1


def test_a_slow_answer_is_put_into_words(phone: Page) -> None:
    phone.goto("/form/")
    phone.evaluate("document.addEventListener('submit', event => event.preventDefault())")
    phone.get_by_role("button", name="保存，下一步").click()

    expect(phone.get_by_role("button", name="正在提交，请稍候…")).to_be_visible(timeout=4000)


def test_scripts_say_it_in_the_language_of_the_page(english: Page, tmp_path: Path) -> None:
    picture = tmp_path / "hukou.png"
    Image.new("RGB", (20, 20)).save(picture)
    english.goto("/form/")
    english.locator("[name=papers]").set_input_files(picture)
    expect(english.get_by_text("1 chosen, not sent yet")).to_be_visible()
    english.evaluate("document.addEventListener('submit', event => event.preventDefault())")
    english.locator("main [type=submit]").click()
    expect(english.get_by_role("button", name="Sending, please wait…")).to_be_visible(timeout=4000)

    scan(english, "https://elsewhere.example/code/")

    expect(english.get_by_text("This is not one of our codes")).to_be_visible()


def test_a_refusal_is_said_as_a_toast_and_can_be_shut(phone: Page) -> None:
    phone.goto("/matter/")
    phone.get_by_role("button", name="试一试").click()

    said = phone.locator("#toast")
    expect(said).to_contain_text("来晚一步")
    said.get_by_role("button", name="关闭提示").click()
    expect(said).not_to_contain_text("来晚一步")


def test_a_shown_number_hides_again_when_the_page_is_left(phone: Page) -> None:
    phone.goto("/matter/")
    phone.get_by_role("button", name="显示").click()
    expect(phone.locator("#phone")).to_have_text("13800138000")
    phone.evaluate("window.dispatchEvent(new Event('pagehide'))")

    assert "13800138000" not in phone.content()
    expect(phone.locator("#phone")).to_have_text("138****8000")


def test_a_shown_number_hides_again_after_a_minute(phone: Page) -> None:
    phone.clock.install()
    phone.goto("/matter/")
    phone.get_by_role("button", name="显示").click()
    expect(phone.locator("#phone")).to_have_text("13800138000")
    phone.clock.run_for(61_000)

    expect(phone.locator("#phone")).to_have_text("138****8000")


def test_a_lost_network_is_said(phone: Page) -> None:
    phone.goto("/")
    bar = phone.get_by_text("现在没有网络")
    expect(bar).to_be_hidden()
    phone.context.set_offline(True)
    expect(bar).to_be_visible()
    phone.context.set_offline(False)
    expect(bar).to_be_hidden()


def test_what_was_typed_stays_when_one_taps_without_a_network(phone: Page) -> None:
    """“填过的内容还在，连上网再提交”: the tap leads to no page of the browser's that has forgotten it."""
    phone.goto("/form/")
    phone.get_by_label("补充说明").fill("住院三次")
    phone.context.set_offline(True)
    for button in (phone.get_by_role("button", name="下一步"), phone.get_by_role("link").last):
        button.click()
        phone.wait_for_timeout(300)
        expect(phone.get_by_text("现在没有网络")).to_be_in_viewport()
        assert phone.get_by_label("补充说明").input_value() == "住院三次"
    phone.context.set_offline(False)
    with phone.expect_navigation():
        phone.get_by_role("button", name="下一步").click()


def test_a_browser_that_says_no_network_wrongly_holds_nobody_back(phone: Page) -> None:
    phone.add_init_script("Object.defineProperty(navigator, 'onLine', { get: () => false })")
    phone.goto("/form/")
    with phone.expect_navigation():
        phone.get_by_role("button", name="下一步").click()


WITHOUT = {
    "a question": "delete window.fetch",
    "a form's own way to be sent": (
        "delete HTMLFormElement.prototype.requestSubmit; delete SubmitEvent.prototype.submitter"
    ),
}


@pytest.mark.parametrize("what", WITHOUT)
def test_nor_does_an_old_one_that_says_so(phone: Page, what: str) -> None:
    """What was pressed goes along: a form may ask by its buttons."""
    wrong = "Object.defineProperty(navigator, 'onLine', { get: () => false })"
    phone.add_init_script(f"{wrong}; {WITHOUT[what]}")
    phone.goto("/form/")
    phone.evaluate(
        "b => { b.name = 'pressed'; b.value = 'next' }",
        phone.get_by_role("button", name="下一步").element_handle(),
    )
    with phone.expect_request(lambda request: request.method == "POST") as sent:
        phone.get_by_role("button", name="下一步").click()

    assert "next" in (sent.value.post_data or "")


def test_a_network_that_never_answers_is_said_and_one_tap_goes_once(phone: Page) -> None:
    phone.add_init_script(
        "Object.defineProperty(navigator, 'onLine', { get: () => false });"
        "window.asked = 0; window.fetch = () => new Promise(() => { window.asked += 1 })"
    )
    phone.goto("/form/")
    phone.evaluate("document.getElementById('offline').hidden = true")
    button = phone.get_by_role("button", name="下一步")
    button.click()
    button.click()

    assert phone.evaluate("window.asked") == 1
    expect(phone.get_by_text("现在没有网络")).to_be_visible(timeout=8000)


def test_the_elder_version_is_one_tap_away_and_stays(phone: Page) -> None:
    phone.goto("/")
    phone.get_by_role("button", name="长辈版").click()
    expect(phone.locator("html.elder")).to_be_attached()
    phone.goto("/code/")

    expect(phone.locator("html.elder")).to_be_attached()


def test_large_letters_in_wechat_bring_the_elder_version(phone: Page) -> None:
    phone.add_init_script(
        "document.addEventListener('readystatechange', () => document.body && (document.body.style.webkitTextSizeAdjust = '140%'))"
    )
    phone.goto("/")

    expect(phone.locator("html.elder")).to_be_attached()


def test_the_scanner_offers_a_photograph_when_the_camera_cannot_read(phone: Page) -> None:
    phone.add_init_script("delete window.BarcodeDetector")
    phone.goto("/scanner/")

    expect(phone.get_by_role("button", name="打开相机扫码")).to_be_hidden()
    expect(phone.get_by_role("button", name="识别这张照片")).to_be_visible()


SEES = """text => {
    window.BarcodeDetector = class { async detect() { return [{rawValue: text.replace("HERE", location.origin)}]; } };
}"""


def scan(page: Page, text: str) -> None:
    page.goto("/scanner/")
    page.evaluate(SEES, text)
    page.evaluate("document.querySelector('[data-scan-start]').hidden = false")
    page.locator("[data-scan-start]").click()


def test_the_scanner_follows_our_own_codes(phone: Page) -> None:
    scan(phone, "HERE/code/")

    phone.wait_for_url("**/code/")


def test_the_scanner_goes_nowhere_else(phone: Page) -> None:
    scan(phone, "https://elsewhere.example/code/")

    expect(phone.get_by_text("这不是码上的二维码")).to_be_visible()
    assert phone.url.endswith("/scanner/")
