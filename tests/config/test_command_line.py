"""`mashang`: what it offers, and how it ends."""

import pytest

from mashang.__main__ import COMMANDS, main


def test_help_names_every_command_and_every_exit_code(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["--help"])

    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(name in told for name in COMMANDS)
    assert all(f"  {code}  " in told for code in range(4))


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_explains_itself(name, capsys):
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])

    told = capsys.readouterr().out
    assert ended.value.code == 0
    assert f"usage: mashang {name}" in told
    assert "--settings" not in told, "Django's own options are noise to an operator"


@pytest.mark.parametrize("arguments", [[], ["fly"], ["check", "--fast"], ["tick", "--every"]])
def test_wrong_usage_ends_with_2(arguments, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)

    assert ended.value.code == 2
    assert "usage: mashang" in capsys.readouterr().err
