"""Pages that show every component with made-up content; only tests serve them."""

from datetime import date, timedelta
from pathlib import Path

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from mashang.core.errors import WrongState

HERE = Path(__file__).parent
TODAY = date(2026, 11, 23)


def page(name: str, request: HttpRequest, **context: object) -> HttpResponse:
    template = engines["django"].from_string((HERE / f"{name}.html").read_text("utf-8"))
    return HttpResponse(template.render({"demo": True, **context}, request))


class Step(forms.Form):
    name = forms.CharField(label="姓名", help_text="和身份证上的一样", max_length=20)
    number = forms.CharField(label="身份证号", help_text="18 位，最后一位可能是 X")
    income = forms.CharField(
        label="全家近 12 个月收入",
        widget=forms.TextInput({"inputmode": "decimal", "data-keep": True}),
    )
    kind = forms.ChoiceField(
        label="住房情况", choices=[("", "请选择"), ("own", "自有住房"), ("rent", "租房")]
    )
    cause = forms.ChoiceField(
        label="主要原因",
        choices=[("ill", "本人大病"), ("family", "供养直系亲属大病"), ("school", "子女上学")],
        widget=forms.RadioSelect,
    )
    others = forms.MultipleChoiceField(
        label="还有别的原因吗",
        required=False,
        choices=[("job", "失业"), ("old", "赡养老人"), ("fire", "意外灾害")],
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label="补充说明", required=False, widget=forms.Textarea({"rows": 4, "data-keep": True})
    )
    agreed = forms.BooleanField(
        label="我同意", error_messages={"required": "请先读一读，同意后打勾"}
    )
    papers = forms.FileField(
        label="户口簿照片",
        required=False,
        help_text="首页和本人页",
        widget=forms.ClearableFileInput,
    )
    signed = forms.CharField(label="本人签名", required=False, widget=forms.HiddenInput)
    signed_photo = forms.FileField(label="签名照片", required=False, widget=forms.FileInput)


class DeskStep(Step):
    number = None
    papers = None


class Filters(forms.Form):
    q = forms.CharField(label="姓名或档案号", required=False)
    step = forms.ChoiceField(
        label="环节", required=False, choices=[("", "全部"), ("a", "受理"), ("b", "入户核查")]
    )


TIMELINE = [
    {"title": "已提交申请", "at": date(2026, 11, 9), "who": "您本人", "state": "done"},
    {"title": "已受理", "at": date(2026, 11, 11), "who": "青山县总工会", "state": "done"},
    {
        "title": "正在入户核查",
        "at": date(2026, 11, 12),
        "who": "青山县总工会",
        "words": "会有两名工作人员到家里看一看，来之前打电话。",
        "state": "now",
        "days_left": 3,
    },
    {"title": "公示 5 个工作日", "state": "later", "who": "所在单位"},
    {"title": "建立档案", "state": "later", "who": "青山县总工会"},
]
ASSESSMENT = [
    {"name": "全家 12 个月收入", "fen": 4_320_000},
    {"name": "减去：看病自付", "fen": -1_860_000},
    {"name": "除以：3 口人、12 个月", "text": "÷ 36"},
]
FACTS = [("姓名", "张*"), ("手机", "138****8000"), ("工作单位", "青山县第二棉纺厂"), ("住址", "")]
SEAT = {"union": "青山县总工会", "role": "经办人", "name": "陈*", "mark": "陈* 8001 青山县总工会"}


def phone_home(request: HttpRequest) -> HttpResponse:
    return page("phone_home", request, tab="home", elder=request.COOKIES.get("elder") == "1")


def phone_form(request: HttpRequest) -> HttpResponse:
    form = Step(request.POST or None, request.FILES or None)
    form.is_valid()
    return page(
        "phone_form", request, form=form, back="/", elder=request.COOKIES.get("elder") == "1"
    )


def phone_matter(request: HttpRequest) -> HttpResponse:
    return page(
        "phone_matter", request, tab="matters", timeline=TIMELINE, lines=ASSESSMENT, facts=FACTS
    )


def phone_code(request: HttpRequest) -> HttpResponse:
    return page("phone_code", request, tab="code")


def phone_scanner(request: HttpRequest) -> HttpResponse:
    return page("phone_scanner", request, back="/")


def phone_done(request: HttpRequest) -> HttpResponse:
    return page("phone_done", request)


def stranger(request: HttpRequest) -> HttpResponse:
    return page("phone_plain", request)


def refused(request: HttpRequest) -> HttpResponse:
    raise WrongState("taken", "来晚一步，这件事刚刚由陈静办过了")


def reveal(request: HttpRequest) -> HttpResponse:
    return page("reveal", request, shown="13800138000")


def desk_list(request: HttpRequest) -> HttpResponse:
    rows = [
        {
            "name": f"{name}*",
            "number": f"QS2026{1100 + n}",
            "step": step,
            "days": days,
            "on": TODAY + timedelta(days=days),
        }
        for n, (name, step, days) in enumerate(
            [
                ("张", "入户核查", -2),
                ("韦", "受理", 0),
                ("黄", "公示", 2),
                ("农", "县级审批", 6),
                ("覃", "受理", 9),
            ]
        )
    ]
    return page(
        "desk_list",
        request,
        seat=SEAT,
        filters=Filters(request.GET or None),
        page=Paginator(rows * 9, 5).get_page(2),
        crumbs=[("工作台", "/desk/")],
    )


def desk_file(request: HttpRequest) -> HttpResponse:
    tabs = [
        {"name": "六条信息", "href": "#", "current": True, "count": None},
        {"name": "附件材料", "href": "#", "count": 7},
        {"name": "操作留痕", "href": "#", "count": None},
    ]
    rows = [
        ("姓名", "张*", "张*"),
        ("工作单位", "青山县第二棉纺厂", "青山县棉纺厂"),
        ("家庭人口", "3", "3"),
    ]
    return page(
        "desk_file",
        request,
        seat=SEAT,
        tabs=tabs,
        rows=rows,
        facts=FACTS,
        timeline=TIMELINE,
        lines=ASSESSMENT,
        crumbs=[("工作台", "/desk/"), ("帮扶档案", "/desk/")],
    )


def desk_form(request: HttpRequest) -> HttpResponse:
    form = DeskStep(request.POST or None)
    form.is_valid()
    return page("desk_form", request, seat=SEAT, form=form, crumbs=[("工作台", "/desk/")])


def bad(request: HttpRequest) -> HttpResponse:
    return page("bad", request)


phone_pages = [
    path("", phone_home, name="home"),
    path("form/", phone_form, name="matters"),
    path("matter/", phone_matter, name="me"),
    path("code/", phone_code, name="code"),
    path("scanner/", phone_scanner, name="scanner"),
    path("done/", phone_done, name="done"),
    path("stranger/", stranger, name="stranger"),
    path("refused/", refused, name="refused"),
    path("reveal/", reveal, name="reveal"),
    path("bad/", bad, name="bad"),
]
desk_pages = [
    path("", desk_list, name="home"),
    path("file/", desk_file, name="search"),
    path("form/", desk_form, name="form"),
    # Every desk page links to these; here they lead nowhere else.
    *(
        path(f"{name}/", desk_list, name=name)
        for name in ("inbox", "account", "relatives", "sign-out")
    ),
]
demo_pages = [path("", stranger, name="entrances")]
urlpatterns = [
    path("demo/", include((demo_pages, "demo"))),
    path("desk/", include((desk_pages, "desk"))),
    path("", include((phone_pages, "mobile"))),
]
