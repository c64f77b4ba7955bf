"""Paths of no steps from a term that the data has not (SPARQL 1.1 Query, 18.5: ALP).

``:a :p* ?x`` has the solution ``:a`` whether or not the graph holds ``:a``. Oxigraph has it only
if the graph does.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from mlroles.sparql import scopes
from mlroles.sparql.parser import Leaf, Tree, branches, leaves
from mlroles.store.mending.edits import Edit, span

_NO_STEPS = re.compile(r"[*?]\s*\Z")


class _Triple(NamedTuple):
    subject: Tree
    verb: Tree
    value: Tree


def edits(text: str, tree: Tree, absent: Callable[[str], bool]) -> list[Edit]:
    """Return the edits; ``absent`` says of a term, as it is written, that the data may lack it.

    The triple is taken out of its block, and a union of the solutions with steps and of the one
    without is put behind it.
    """
    return [
        edit
        for block in scopes.find(tree, "triples_block")
        for edit in _in_block(text, block, absent)
    ]


def _in_block(text: str, block: Tree, absent: Callable[[str], bool]) -> list[Edit]:
    if any(leaf.type == "BLANK" for leaf in leaves(block)):
        return []  # its label is of one block alone
    kept: list[str] = []
    unions: list[str] = []
    for same_subject in branches(block):
        triples = list(_triples(same_subject))
        rewritten = [_union(text, triple, absent) for triple in triples]
        if not any(rewritten):
            kept.append(span(text, same_subject))
            continue
        for triple, union in zip(triples, rewritten, strict=True):
            if union:
                unions.append(union)
            else:
                kept.append(" ".join(span(text, part) for part in triple))
    if not unions:
        return []
    parts = [" . ".join(kept), *unions]
    return [Edit(block.meta.start_pos, block.meta.end_pos, " ".join(filter(None, parts)))]


def _triples(same_subject: Tree) -> Iterator[_Triple]:
    """Yield the triples of a subject that is a variable or a term; none of another."""
    subject, *rest = branches(same_subject)
    if subject.data != "var_or_term":
        return
    verb = subject
    for part in branches(rest[0]):
        if part.data == "verb_path":
            verb = part
        else:
            yield from (_Triple(subject, verb, value) for value in branches(part))


def _union(text: str, triple: _Triple, absent: Callable[[str], bool]) -> str:
    """Return what stands in the place of a triple; empty if it can stay."""
    path = span(text, triple.verb)
    ends = [_term(text, triple.subject), _term(text, triple.value)]
    (kind, term), (other, variable) = sorted(ends, reverse=True)
    if kind != "term" or not _may_have_no_steps(triple.verb, path) or not absent(term):
        return ""
    if term == variable:
        return "{ }"  # one solution, which binds nothing
    if other != "?":
        return ""
    whole = " ".join(span(text, part) for part in triple)
    return (
        f"{{ {whole} FILTER(!sameTerm({variable}, {term})) }} "
        f"UNION {{ VALUES {variable} {{ {term} }} }}"
    )


def _may_have_no_steps(verb: Tree, path: str) -> bool:
    """Return whether a path is ``…*`` or ``…?`` as a whole, whose solutions are distinct."""
    node = verb
    while len(branches(node)) == 1 and node.data != "path_elt":
        node = branches(node)[0]
    return node.data == "path_elt" and bool(_NO_STEPS.search(path))


def _term(text: str, part: Tree) -> tuple[str, str]:
    """Return ``?`` or ``term`` with what is written, or two empty strings for anything else."""
    found = list(leaves(part))
    if len(found) == 1 and found[0].type == "VARIABLE":
        return "?", str(found[0])
    constants = {"iri", "rdf_literal", "numeric_literal", "boolean_literal"}
    terms = [node for node in scopes.find(part, "graph_term") if branches(node)]
    is_term = len(terms) == 1 and branches(terms[0])[0].data in constants
    return ("term", span(text, terms[0])) if is_term and _alone(part) else ("", "")


def _alone(part: Tree) -> bool:
    """Return whether a part is one term, and no list or property list."""
    node = part
    while node.data != "graph_term":
        inner = branches(node)
        if len(inner) != 1 or any(isinstance(child, Leaf) for child in node.children):
            return False
        if node.data not in {"graph_node_path", "var_or_term"}:
            return False
        node = inner[0]
    return True
