"""Named rules of quality: each ``quality/*.rq`` asks for what breaks a rule, so no row may come.

A query's first line is the rule; a row is a subject and what is wrong with it. The update beside
it, of the same name, breaks the rule in our own data, and its first line says what is then told.
"""

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from mlroles import vocab
from mlroles.knowledge import KnowledgeBase, load
from mlroles.vocab import shorten

_QUALITY = Path(__file__).with_name("quality")
NAMES = sorted(path.stem for path in _QUALITY.glob("*.rq"))


def _text(name: str, extension: str) -> str:
    return (_QUALITY / f"{name}.{extension}").read_text("utf-8")


def _rule(text: str) -> str:
    first, blank, *_ = text.splitlines()
    assert first.startswith("# ")
    assert not blank
    return first.removeprefix("# ")


def _told(store: ox.Store, name: str) -> list[str]:
    """Return the rows of a query as sentences, the names in them shortened."""
    rows = store.query(_text(name, "rq"))
    assert isinstance(rows, ox.QuerySolutions)
    assert [variable.value for variable in rows.variables] == ["subject", "message"]
    return [
        f"{shorten(row['subject'].value)} {re.sub('<([^>]*)>', _shortened, row['message'].value)}"
        for row in rows
    ]


def _shortened(found: re.Match[str]) -> str:
    return shorten(found[1])


@pytest.fixture(scope="module")
def base(closures: Path) -> KnowledgeBase:
    return load(cache_dir=closures)


@pytest.fixture
def store(base: KnowledgeBase) -> ox.Store:
    """Return a store of a test's own, with all that is stated and all that follows.

    What is stated is in its own graph as well.
    """
    store = ox.Store()
    store.load(base.asserted + base.inferred, format=ox.RdfFormat.N_TRIPLES)
    store.load(base.asserted, format=ox.RdfFormat.N_TRIPLES, to_graph=ox.NamedNode(vocab.ASSERTED))
    return store


def test_every_rule_has_a_way_to_break_it() -> None:
    assert len(NAMES) >= 30
    assert sorted(path.stem for path in _QUALITY.glob("*.ru")) == NAMES
    assert len({_rule(_text(name, "rq")) for name in NAMES}) == len(NAMES)


@pytest.mark.check("Rules of quality: no row", "Oxigraph")
@pytest.mark.parametrize("name", NAMES)
def test_our_knowledge_keeps_the_rule(store: ox.Store, name: str) -> None:
    assert _told(store, name) == []


@pytest.mark.check("Rules of quality: each broken once is told", "Oxigraph")
@pytest.mark.parametrize("name", NAMES)
def test_a_broken_rule_is_told_in_words(store: ox.Store, name: str) -> None:
    update = _text(name, "ru")
    store.update(update)
    told = _told(store, name)
    assert _rule(update) in told
    assert all(sentence.endswith((".", "”")) for sentence in told)
