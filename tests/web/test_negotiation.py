"""Content negotiation, against RFC 9110, section 12.5.1."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlroles.web.negotiation import choose, parse

OFFERS = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/html",
    "application/json",
)
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,"
    "image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7"
)


@pytest.mark.parametrize(
    ("header", "chosen"),
    [
        (None, OFFERS[0]),
        ("", OFFERS[0]),
        ("*/*", OFFERS[0]),
        ("text/*", "text/csv"),
        ("text/html", "text/html"),
        (CHROME, "text/html"),
        ("application/json", "application/json"),
        ("image/png", None),
        ("image/png, */*;q=0", None),
        ("text/csv;q=0.5, text/html;q=0.6", "text/html"),
        ("*/*, application/sparql-results+json;q=0", OFFERS[1]),
        ("*/*;q=0.9, text/html;q=0.1, text/*;q=0", OFFERS[0]),
        ("TEXT/CSV;Q=0.5", "text/csv"),
        ("text/csv;charset=utf-8", "text/csv"),
        ('text/csv; header="a,b;c\\"d"; q=1, text/html;q=0.2', "text/html"),
        ("text/html;level=1, text/csv;q=0.1", "text/csv"),
        ("text/csv;q=1.5, text/html;q=0.1", "text/html"),
        ("*/html, text/csv", "text/csv"),
        ("no media range at all", OFFERS[0]),
        (",,,", OFFERS[0]),
    ],
)
def test_the_offer_that_the_client_likes_best_is_chosen(
    header: str | None, chosen: str | None
) -> None:
    assert choose(header, OFFERS) == chosen


TYPES = st.sampled_from(["application", "text", "image"])
SUBTYPES = st.sampled_from(["sparql-results+json", "sparql-results+xml", "csv", "html", "json"])
RANGES = st.one_of(
    st.tuples(TYPES, SUBTYPES),
    st.tuples(TYPES, st.just("*")),
    st.just(("*", "*")),
)
MEMBERS = st.lists(
    st.tuples(RANGES, st.integers(0, 1000)), min_size=1, max_size=8, unique_by=lambda m: m[0]
)


def liking(members: list[tuple[tuple[str, str], int]], offer: str) -> int:
    """Return the quality, in thousandths, that the most specific matching range gives."""
    type_, subtype = offer.split("/")
    stated = dict(members)
    for range_ in ((type_, subtype), (type_, "*"), ("*", "*")):
        if range_ in stated:
            return stated[range_]
    return 0


@given(members=MEMBERS, blanks=st.lists(st.sampled_from(["", " ", "\t "]), min_size=40))
def test_any_header_is_read_as_the_standard_says(
    members: list[tuple[tuple[str, str], int]], blanks: list[str]
) -> None:
    space = iter(blanks * 2)
    header = ",".join(
        f"{next(space)}{type_}/{subtype}{next(space)};{next(space)}q={weight / 1000:.3f}"
        for (type_, subtype), weight in members
    )
    likings = [liking(members, offer) for offer in OFFERS]
    expected = OFFERS[likings.index(max(likings))] if max(likings) else None
    assert choose(header, OFFERS) == expected


@pytest.mark.parametrize(
    ("header", "taken"),
    [
        ("text/csv; header=present", True),
        ("text/csv; charset=utf-8; header=present;q=0.5", True),
        ("text/csv; header=absent", False),
        ("text/csv; version=1.2", True),
        ('text/csv; charset="iso-8859-1"', True),
        ("text/csv; columns=3", False),
    ],
)
def test_a_parameter_that_is_met_or_changes_nothing_is_no_reason_to_refuse(
    header: str, taken: bool
) -> None:
    assert choose(header, ("text/csv",)) == ("text/csv" if taken else None)


@given(st.text())
def test_no_header_breaks_it(header: str) -> None:
    assert choose(header, OFFERS) in (*OFFERS, None)
    assert all(0 <= range_.quality <= 1 for range_ in parse(header))


@pytest.mark.parametrize("piece", ['"', ",", ";", "text/html,", '"\\', "a/b;q=", ';x="'])
def test_long_headers_are_read_in_linear_time(piece: str) -> None:
    header = piece * (200_000 // len(piece))
    choose(header[:1000], OFFERS)
    assert choose(header, OFFERS) in (*OFFERS, None)


def test_narrower_ranges_are_more_specific() -> None:
    ranges = list(parse("*/*, text/*, text/csv"))
    assert all(wide.specificity < narrow.specificity for wide, narrow in pairwise(ranges))
