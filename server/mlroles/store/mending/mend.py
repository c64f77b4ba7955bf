"""All rewritings, one after the other, for the queries that may need them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mlroles.sparql.parser import Tree, UnexpectedError, branches, parse
from mlroles.store.mending import columns, graphs, nodes, paths, texts
from mlroles.store.mending.edits import Edit, apply

#: What a query holds that may need a rewriting. Reading the query's tree takes a millisecond.
_SUSPECT = re.compile(
    r"SELECT\s+(?:(?:DISTINCT|REDUCED)\s+)?\*|GROUP_CONCAT|BNODE|GRAPH\s*[?$]|[\w>)]\s*[*?](?!\w)",
    re.IGNORECASE,
)
_DEEPEST = 8  # levels of GRAPH that are written out


@dataclass(frozen=True)
class Dataset:
    """What a rewriting must know of the data.

    ``graphs`` returns the names of the named graphs; ``absent`` says of a term, written after the
    prologue it is given with, that the default graph may not hold it.
    """

    graphs: Callable[[], Sequence[str]]
    absent: Callable[[str, str], bool]


def mend(text: str, dataset: Dataset) -> str:
    """Return the query to ask in the place of ``text``, or ``text`` itself.

    What is no SPARQL 1.1 stays as it is. ``text`` has been checked for length and depth. Columns
    come first: what the others put in shows no variable before its place.
    """
    if not _SUSPECT.search(text):
        return text
    try:
        text = _edited(text, columns.edits)
        for _ in range(_DEEPEST):
            mended = _edited(text, lambda t, tree: graphs.edits(t, tree, dataset.graphs()))
            if mended == text:
                break
            text = mended
        text = _edited(text, lambda t, tree: paths.edits(t, tree, _absent(t, tree, dataset)))
        text = _edited(text, nodes.edits)
        return _edited(text, texts.edits)
    except UnexpectedError:
        return text


def _edited(text: str, edits: Callable[[str, Tree], Sequence[Edit]]) -> str:
    return apply(text, edits(text, parse(text)))


def _absent(text: str, tree: Tree, dataset: Dataset) -> Callable[[str], bool]:
    """Return what says whether a term of the query may be absent where the query looks."""
    elsewhere = any(tree.find_data("graph_graph_pattern")) or any(tree.find_data("dataset_clause"))
    prologue = text[: branches(tree)[1].meta.start_pos]
    return lambda term: elsewhere or dataset.absent(prologue, term)
