"""What is cut out of WeUI: our parts only, in rem, with the readable palette."""

from scripts import weui

SHEET = """/* note */
.wx-root,body{--weui-BRAND:#07c160;--weui-GAP:8px}
.wx-root[data-weui-mode='care'],body[data-weui-mode='care']{--weui-BRAND:#018942}
body[data-weui-mode='care'][data-weui-theme='dark']{--weui-BRAND:#06ae56}
.weui-btn,.weui-dialog{color:#07c160;color:var(--weui-BRAND);padding:17px 1px var(--weui-GAP);top:-0.5px}
.weui-btn .weui-gallery{color:red}
.weui-cell{background:url(data:image/png;base64,xx);margin:34px}
@media (min-width:352px){.weui-btn{margin:8.5px}.weui-dialog{margin:0}}
@keyframes weuiLoading{0%{left:3px}}
"""


def test_only_our_parts_stay_and_lengths_follow_the_letters() -> None:
    cut = weui.cut(SHEET)

    assert ".weui-btn{color:var(--weui-BRAND);padding:1rem 1px var(--weui-GAP);top:-0.5px}" in cut
    assert ".weui-cell{margin:2rem}" in cut
    assert "@media (min-width:352px){.weui-btn{margin:0.5rem}}" in cut
    assert all(word not in cut for word in ("dialog", "gallery", "keyframes", "data:", "#07c160"))


def test_colours_are_those_of_the_care_mode_by_day_and_night() -> None:
    cut = weui.cut(SHEET)

    assert ":root{--weui-BRAND:#018942;--weui-GAP:0.4706rem}" in cut
    assert "@media (prefers-color-scheme:dark){:root{--weui-BRAND:#06ae56}}" in cut
