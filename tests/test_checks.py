"""The table of checks, from real runs of pytest."""

import pytest

pytest_plugins = ["pytester"]

TESTS = """
import pytest

@pytest.mark.check("Sums", "pytest")
@pytest.mark.parametrize("n", [1, 2])
def test_sum(n):
    assert n + n == 2 * n

@pytest.mark.check("Riddles", "pytest")
@pytest.mark.xfail(strict=True)
def test_riddle():
    assert 1 == 2

@pytest.mark.check("Riddles", "pytest")
def test_easy():
    pass

@pytest.mark.check("Errors", "pytest")
def test_error():
    assert 1 == 2

def test_apart():
    pass
"""


def test_each_check_has_a_row_with_what_became_of_its_tests(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TESTS)
    ended = pytester.runpytest("-p", "checks")
    version = pytest.__version__
    ended.stdout.fnmatch_lines(
        [
            "| Check | Tool | Version | Result |",
            "| --- | --- | --- | --- |",
            f"| Errors | pytest | {version} | 0 passed, [*][*]1 failed[*][*] |",
            f"| Riddles | pytest | {version} | 1 passed, 1 known failure |",
            f"| Sums | pytest | {version} | 2 passed |",
        ]
    )


def test_a_run_of_other_tests_prints_no_table(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_apart():\n    pass")
    assert "| Check |" not in pytester.runpytest("-p", "checks").stdout.str()
