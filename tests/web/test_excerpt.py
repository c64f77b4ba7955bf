"""The lines of a query around its error."""

from hypothesis import given
from hypothesis import strategies as st

from mlroles.web.excerpt import excerpt

TEXT = "SELECT *\nWHERE {\n  ?s ?p oops ;\n}\nLIMIT 1"


def test_the_place_is_marked_and_its_neighbours_are_shown() -> None:
    lines = excerpt(TEXT, 3, 9, "oops")
    assert [line.number for line in lines] == [1, 2, 3, 4]
    assert lines[2].before == "  ?s ?p "
    assert lines[2].marked == "oops"
    assert lines[2].after == " ;"
    assert [line.wrong for line in lines] == [False, False, True, False]


def test_the_end_of_a_line_can_be_wrong() -> None:
    assert excerpt(TEXT, 1, 9, None)[0].marked == " "


def test_a_word_that_is_not_there_marks_one_character() -> None:
    assert excerpt(TEXT, 1, 1, "CONSTRUCT")[0].marked == "S"


def test_a_very_long_line_is_cut() -> None:
    (line,) = excerpt(f"{'x' * 100_000}!{'y' * 100_000}", 1, 100_001, "!")
    assert line.marked == "!"
    assert len(line.before) + len(line.after) < 500


@given(st.text(), st.integers(-5, 50), st.integers(-5, 50), st.none() | st.text())
def test_no_place_breaks_it(text: str, line: int, column: int, offending: str | None) -> None:
    assert sum(part.wrong for part in excerpt(text, line, column, offending)) == 1
