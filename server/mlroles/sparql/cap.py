"""The first rows of a query, and whether it has more: its LIMIT and OFFSET are replaced."""

from dataclasses import dataclass

from mlroles.sparql.parser import Tree, UnexpectedError, branches, leaves, parse


@dataclass(frozen=True)
class Capped:
    """``first`` gives the first rows of a query; ``next`` gives the one row after these, if any."""

    first: str
    next: str


def cap(text: str, most: int) -> Capped | None:
    """Return a SELECT cut at ``most`` rows; None where its own LIMIT does as much, or it is none."""
    try:
        tree = parse(text)
    except UnexpectedError:
        return None  # the engine tells what is wrong
    select = branches(tree)[1]
    if select.data != "select_query":
        return None
    clauses = [it for it in branches(branches(select)[-1]) if it.data == "limit_offset_clauses"]
    own = {clause.data: _number(clause) for it in clauses for clause in branches(it)}
    if own.get("limit_clause", most + 1) <= most:
        return None
    end = select.meta.end_pos
    start = clauses[0].meta.start_pos if clauses else end
    skipped = own.get("offset_clause", 0)
    return Capped(
        f"{text[:start]}\nLIMIT {most} OFFSET {skipped}\n{text[end:]}",
        f"{text[:start]}\nLIMIT 1 OFFSET {skipped + most}\n{text[end:]}",
    )


def _number(clause: Tree) -> int:
    return int(list(leaves(clause))[-1])
