"""All rewritings, one after the other, for the queries that may need them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mlroles.sparql.parser import Tree, UnexpectedError, branches, parse
from mlroles.store.mending import columns, ends, graphs, nodes, paths, texts
from mlroles.store.mending.edits import Edit, apply

_DEEPEST = 8  # levels of GRAPH that are written out


@dataclass(frozen=True)
class Dataset:
    """What a rewriting must know of the data.

    ``graphs`` returns the names of the named graphs; ``absent`` says of a term, written after the
    prologue it is given with, that the default graph may not hold it.
    """

    graphs: Callable[[], Sequence[str]]
    absent: Callable[[str, str], bool]


@dataclass(frozen=True)
class _Rewriting:
    """Edits, and what a query holds that may need them: reading its tree takes milliseconds.

    ``mark`` is looked for in the text, then with ``suspect`` in its syntax.
    """

    mark: str
    edits: Callable[[str, Tree, Dataset], Sequence[Edit]]
    times: int = 1
    suspect: Callable[[str], bool] = lambda _: True

    def may_concern(self, text: str) -> bool:
        """Return whether the query may need the edits."""
        if not re.search(self.mark, text, re.IGNORECASE):
            return False
        syntax = _syntax(text)
        return bool(re.search(self.mark, syntax, re.IGNORECASE)) and self.suspect(syntax)


#: Columns come first: what the others put in shows no variable before its place.
_REWRITINGS = (
    _Rewriting(
        r"SELECT\s*(?:\b(?:DISTINCT|REDUCED)\s*)?[*#]",
        lambda text, tree, _: columns.edits(text, tree),
    ),
    _Rewriting(
        r"GRAPH\s*[?$#]",
        lambda text, tree, dataset: graphs.edits(text, tree, dataset.graphs()),
        _DEEPEST,
    ),
    _Rewriting(
        r"(?<!\()[*?](?!\w)",
        lambda text, tree, dataset: paths.edits(text, tree, _absent(text, tree, dataset)),
        suspect=ends.may_have_term,
    ),
    _Rewriting("BNODE", lambda text, tree, _: nodes.edits(text, tree)),
    _Rewriting("GROUP_CONCAT", lambda text, tree, _: texts.edits(text, tree)),
)


#: What holds no syntax: IRIs, strings, comments.
_QUIET = re.compile(
    r"""<[^<>"{}|^`\\\x00-\x20]*+>
    |"{3}(?:"{0,2}(?:[^"\\]|\\.))*+"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*+'{3}
    |"(?:[^"\\\r\n]|\\.)*+" | '(?:[^'\\\r\n]|\\.)*+' | \#[^\r\n]*+""",
    re.DOTALL | re.VERBOSE,
)

_STAND_INS = {"<": "<>", '"': '""', "'": '""'}


def mend(text: str, dataset: Dataset) -> str:
    """Return the query to ask in the place of ``text``, or ``text`` itself.

    What is no SPARQL 1.1 stays as it is. ``text`` has been checked for length and depth.
    """
    tree: Tree | None = None
    for rewriting in _REWRITINGS:
        for _ in range(rewriting.times):
            if not rewriting.may_concern(text):
                break
            try:
                tree = tree or parse(text)
            except UnexpectedError:
                return text
            found = rewriting.edits(text, tree, dataset)
            if not found:
                break
            text, tree = apply(text, found), None
    return text


def _syntax(text: str) -> str:
    """Return the text with ``<>`` for each IRI, ``""`` for each string, and no comments."""
    return _QUIET.sub(lambda quiet: _STAND_INS.get(quiet[0][0], " "), text)


def _absent(text: str, tree: Tree, dataset: Dataset) -> Callable[[str], bool]:
    """Return what says whether a term of the query may be absent where the query looks."""
    elsewhere = any(tree.find_data("graph_graph_pattern")) or any(tree.find_data("dataset_clause"))
    prologue = text[: branches(tree)[1].meta.start_pos]
    return lambda term: elsewhere or dataset.absent(prologue, term)
