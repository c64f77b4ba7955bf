"""A missing program of Debian's is told, and never passed over where it counts."""

import shutil
import sys

import pytest

import peers


def test_a_program_or_a_file_that_is_there_is_found() -> None:
    assert peers.need("sh", package="dash") == shutil.which("sh")
    assert peers.need(sys.executable, package="python3") == sys.executable
    assert peers.need(__file__, package="none") == __file__


def test_a_missing_program_skips_the_test_and_names_the_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="apt-get install some-package"):
        peers.need("no-such-program", package="some-package")


def test_a_missing_program_fails_the_test_in_continuous_integration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="apt-get install some-package"):
        peers.need("no-such-program", package="some-package")
