"""开通系统管理员：从命令行，一次两位，各打印一个启用码."""

import re

import pytest

from mashang.__main__ import main
from mashang.accounts.models import User
from mashang.core.models import TrailEntry
from mashang.notices.models import Notice
from mashang.reviews.models import Flow
from mashang.unions.models import Post, Union
from mashang.unions.roles import Role
from tests.builders import make_staff

pytestmark = pytest.mark.django_db


PAIR = ["wang", "王芳", "zhao", "赵敏"]


def test_the_first_two_administrators_are_made_together_and_found_the_tree(capsys) -> None:
    assert main(["createadmin", *PAIR, "--found", "450000", "广西壮族自治区总工会"]) == 0

    told = capsys.readouterr().out
    codes = re.findall(r"启用码：([\w-]{19})", told)
    assert len(set(codes)) == 2 and "王芳" in told and "赵敏" in told
    posts = Post.objects.select_related("union", "user")
    assert {(post.role, post.union.path, post.user.name) for post in posts} == {
        (Role.ADMIN, "45", "王芳"),
        (Role.ADMIN, "45", "赵敏"),
    }
    assert set(Flow.objects.values_list("kind", flat=True)) == {"file", "one_off"}
    assert TrailEntry.objects.filter(action="post.installed").count() == 2


def test_the_unions_above_hear_of_it(branch_a, capsys) -> None:
    keeper = make_staff("管档", branch_a["province"], Role.KEEPER)

    main(["createadmin", *PAIR, "--union", branch_a["city"].code])

    told = Notice.objects.get(user=keeper)
    assert branch_a["city"].name in told.body and "两人" in told.body


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (PAIR, "--found"),
        ([*PAIR, "--union", "999"], "没有找到这个工会"),
        ([*PAIR, "--found", "450000", " "], "请填写工会名称"),
        (["wang", "王芳", "wang2", "王芳", "--found", "450000", "省总"], "要是两个人"),
        (["wang", "王芳", "wang", "赵敏", "--found", "450000", "省总"], "已有人使用"),
    ],
)
def test_what_goes_wrong_is_said_and_leaves_nothing(arguments, sentence, capsys) -> None:
    assert main(["createadmin", *arguments]) == 1

    assert sentence in capsys.readouterr().err
    assert not User.objects.exists() and not Union.objects.exists()


def test_one_person_alone_is_not_opened(capsys) -> None:
    with pytest.raises(SystemExit):
        main(["createadmin", "wang", "王芳"])

    assert not User.objects.exists()
