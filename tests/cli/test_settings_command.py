"""``mlroles settings``."""

import json

import pytest
from click.testing import CliRunner

from mlroles.cli.settings import command
from mlroles.config import SETTINGS
from mlroles.errors import SettingError


def test_every_setting_has_a_line_with_the_value_in_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLROLES_TIMEOUT", "12.5")
    lines = CliRunner().invoke(command).output.splitlines()
    assert len(lines) == len(SETTINGS)
    for setting, line in zip(SETTINGS, lines, strict=True):
        assert line.startswith(f"--{setting.name.replace('_', '-')} ")
        assert line.endswith(setting.help)
    assert any(line.split()[:3] == ["--timeout", "MLROLES_TIMEOUT", "12.5"] for line in lines)


def test_json_has_value_and_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLROLES_DATA", "one.ttl:two")
    rows = json.loads(CliRunner().invoke(command, ["--json"]).output)
    told = {row["option"]: row for row in rows}
    assert told["--data"]["value"] == ["one.ttl", "two"]
    assert told["--data"]["default"] == []
    assert told["--port"]["value"] == told["--port"]["default"] == 8000


def test_an_environment_that_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLROLES_PORT", "many")
    with pytest.raises(SettingError, match="MLROLES_PORT='many'"):
        CliRunner().invoke(command, catch_exceptions=False)
