"""How many rows of a query: its own LIMIT and OFFSET are replaced, or left out."""

from dataclasses import dataclass

from mlroles.sparql.parser import Tree, UnexpectedError, branches, leaves, parse


@dataclass(frozen=True)
class Capped:
    """``first`` gives the first rows of a query; ``next`` gives the one row after these, if any."""

    first: str
    next: str


@dataclass(frozen=True)
class _Cut:
    """A SELECT without its LIMIT and OFFSET, in two pieces, between which they stood."""

    before: str
    after: str
    limit: int | None
    offset: int

    def to(self, limit: int, offset: int) -> str:
        return f"{self.before}\nLIMIT {limit} OFFSET {offset}\n{self.after}"


def cap(text: str, most: int) -> Capped | None:
    """Return a SELECT cut at ``most`` rows; None where its own LIMIT does as much, or it is none."""
    cut = _cut(text)
    if cut is None or (cut.limit is not None and cut.limit <= most):
        return None
    return Capped(cut.to(most, cut.offset), cut.to(1, cut.offset + most))


def uncut(text: str) -> str:
    """Return a SELECT without its own LIMIT and OFFSET; what is none as it is."""
    cut = _cut(text)
    return text if cut is None else f"{cut.before}\n{cut.after}"


def _cut(text: str) -> _Cut | None:
    try:
        tree = parse(text)
    except UnexpectedError:
        return None  # the engine tells what is wrong
    select = branches(tree)[1]
    if select.data != "select_query":
        return None
    clauses = [it for it in branches(branches(select)[-1]) if it.data == "limit_offset_clauses"]
    own = {clause.data: _number(clause) for it in clauses for clause in branches(it)}
    end = select.meta.end_pos
    start = clauses[0].meta.start_pos if clauses else end
    return _Cut(text[:start], text[end:], own.get("limit_clause"), own.get("offset_clause", 0))


def _number(clause: Tree) -> int:
    return int(list(leaves(clause))[-1])
