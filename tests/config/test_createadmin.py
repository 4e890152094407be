"""开通系统管理员：从命令行，一次一位，打印启用码."""

import pytest

from mashang.__main__ import main
from mashang.accounts.models import User
from mashang.reviews.models import Flow
from mashang.unions.models import Post, Union
from mashang.unions.roles import Role

pytestmark = pytest.mark.django_db


def test_the_first_administrator_founds_the_tree_and_is_asked_for_a_second(capsys) -> None:
    assert main(["createadmin", "wang", "王芳", "--found", "450000", "广西壮族自治区总工会"]) == 0

    told = capsys.readouterr().out
    assert "启用码：" in told and "还差一位" in told
    post = Post.objects.get()
    assert (post.role, post.union.path, post.user.name) == (Role.ADMIN, "45", "王芳")
    assert set(Flow.objects.values_list("kind", flat=True)) == {"file", "one_off"}


def test_the_second_one_is_enough(branch_a, capsys) -> None:
    main(["createadmin", "wang", "王芳"])
    main(["createadmin", "zhao", "赵", "--union", branch_a["city"].code])

    assert "还差一位" not in capsys.readouterr().out.split("zhao")[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["wang", "王芳"], "--found"),
        (["wang", "王芳", "--union", "999"], "没有找到这个工会"),
        (["wang", "王芳", "--found", "450000", " "], "请填写工会名称"),
    ],
)
def test_what_goes_wrong_is_said_and_leaves_nothing(arguments, sentence, capsys) -> None:
    assert main(["createadmin", *arguments]) == 1

    assert sentence in capsys.readouterr().err
    assert not User.objects.exists() and not Union.objects.exists()


def test_a_name_is_taken_once(branch_a, capsys) -> None:
    main(["createadmin", "wang", "王芳"])

    assert main(["createadmin", "wang", "王芳"]) == 1
    assert "已有人使用" in capsys.readouterr().err
