"""The table of media types."""

import pyoxigraph as ox
import pytest

from mlroles.store.media import BY_NAME, GRAPH_FORMS, MEDIA_TYPES, RESULT_FORMS, serving


def test_names_and_extensions_are_unique() -> None:
    assert len({media.name for media in MEDIA_TYPES}) == len(MEDIA_TYPES) == len(BY_NAME)
    assert len({media.extension for media in MEDIA_TYPES}) == len(MEDIA_TYPES)


@pytest.mark.parametrize("form", RESULT_FORMS)
def test_solutions_and_booleans_are_preferably_json(form: str) -> None:
    assert [media.extension for media in serving(form)] == ["json", "xml", "csv", "tsv"]


@pytest.mark.parametrize("form", GRAPH_FORMS)
def test_graphs_are_preferably_turtle(form: str) -> None:
    assert [media.extension for media in serving(form)] == [
        *("ttl", "nt", "jsonld", "rdf", "trig", "nq"),
    ]


def test_an_alias_names_one_format_of_each_kind_at_most() -> None:
    for form in (*RESULT_FORMS, *GRAPH_FORMS):
        names = [name for media in serving(form) for name in (media.name, *media.aliases)]
        assert len(set(names)) == len(names)


def test_the_engine_writes_each_of_them() -> None:
    for media in MEDIA_TYPES:
        kind = ox.QueryResultsFormat if media.forms == RESULT_FORMS else ox.RdfFormat
        found = kind.from_media_type(media.name)
        assert found is not None
        assert found.media_type.partition(";")[0] == media.name


def test_only_text_states_its_charset() -> None:
    assert BY_NAME["text/csv"].content_type == "text/csv; charset=utf-8; header=present"
    assert BY_NAME["application/ld+json"].content_type == "application/ld+json"
