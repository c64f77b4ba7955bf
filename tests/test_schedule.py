"""The files that start first are there, and do start first."""

import pytest

import schedule


def test_the_longest_files_are_there() -> None:
    assert [path for path in schedule.PATHS if not path.is_file()] == []


def test_files_are_handed_out_as_they_are_collected(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.option.loadscopereorder is False


def test_the_longest_come_first(request: pytest.FixtureRequest) -> None:
    longest = [item.path in schedule.PATHS for item in request.session.items]
    assert longest == sorted(longest, reverse=True)
