"""Paths of no steps from a term that the data has not (SPARQL 1.1 Query, 18.4 and 18.5: ALP).

``:a :p* ?x`` has the solution ``:a`` whether or not the graph holds ``:a``. Oxigraph has it only
if the graph does. So has every path that may have no steps, ``(:p?|:q)`` and ``:p*/:q*`` too. (By
the letter of 18.4 the middle of the latter is a variable, which nothing but a node of the graph can
be; Jena and rdflib read it as here, as a path that may have no steps.)
"""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple

from mlroles.sparql import scopes
from mlroles.sparql.parser import Leaf, Tree, branches, leaves
from mlroles.store.mending.edits import Edit, fresh, span

#: Ways of no steps, above which a triple stays as it is: a text of so many terms would be long.
_MOST = 1000


class _Triple(NamedTuple):
    subject: Tree
    verb: Tree
    value: Tree


def edits(text: str, tree: Tree, absent: Callable[[str], bool]) -> list[Edit]:
    """Return the edits; ``absent`` says of a term, as it is written, that the data may lack it.

    The triple is taken out of its block, and a union of its solutions and, where the graph has not
    the term, of those without steps is put behind it.
    """
    labels = [leaf for leaf in leaves(tree) if leaf.type == "BLANK"]
    names = _Names(text, absent)
    return [
        edit
        for block in scopes.find(tree, "triples_block")
        if not _shares_label(block, labels)
        for edit in _in_block(names, block)
    ]


class _Names(NamedTuple):
    """The query's text, and what says of its terms that the data may lack them."""

    text: str
    absent: Callable[[str], bool]


def _shares_label(block: Tree, labels: list[Leaf]) -> bool:
    """Return whether a blank node's label stands in the block and outside: a union would part it."""
    own = {str(leaf) for leaf in leaves(block) if leaf.type == "BLANK"}
    inside = (block.meta.start_pos, block.meta.end_pos)
    return any(
        str(leaf) in own and not inside[0] <= (leaf.start_pos or 0) < inside[1] for leaf in labels
    )


def _in_block(names: _Names, block: Tree) -> list[Edit]:
    kept: list[str] = []
    unions: list[str] = []
    for same_subject in branches(block):
        triples = list(_triples(same_subject))
        rewritten = [_union(names, triple) for triple in triples]
        if not any(rewritten):
            kept.append(span(names.text, same_subject))
            continue
        for triple, union in zip(triples, rewritten, strict=True):
            if union:
                unions.append(union)
            else:
                kept.append(" ".join(span(names.text, part) for part in triple))
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


def _union(names: _Names, triple: _Triple) -> str:
    """Return what stands in the place of a triple; empty if it can stay."""
    text = names.text
    ends = [_term(text, triple.subject), _term(text, triple.value)]
    (kind, term), (other, end) = sorted(ends, reverse=True)
    if kind != "term" or other not in {"?", "term"}:
        return ""
    ways = _ways(text, triple.verb)
    if not 0 < ways <= _MOST or not names.absent(term):
        return ""
    whole = " ".join(span(text, part) for part in triple)
    if other == "?":
        without = f"VALUES {end} {{ {' '.join([term] * ways)} }}"
    elif term == end:
        without = f"VALUES () {{ {'() ' * ways}}}"
    else:
        without = f"VALUES () {{ {'() ' * ways}}} FILTER(sameTerm({term}, {end}))"
    return f"{{ {{ {whole} }} UNION {{ {without} FILTER NOT EXISTS {_holding(text, term)} }} }}"


def _holding(text: str, term: str) -> str:
    """Return the pattern of a graph that holds a term as subject or object."""
    one = fresh(text)
    return f"{{ {{ {term} {one}p {one}o }} UNION {{ {one}s {one}p {term} }} }}"


def _ways(text: str, path: Tree) -> int:
    """Return in how many ways a path has no steps, each a solution of its own (18.4)."""
    inner = [_ways(text, one) for one in branches(path) if one.data in _PATHS]
    if path.data == "path_sequence":
        return math.prod(inner)
    if path.data != "path_elt":
        return sum(inner)  # of a property and of a negated set: none
    mark = text[branches(path)[0].meta.end_pos : path.meta.end_pos][-1:]
    return {"*": 1, "?": 1, "+": min(sum(inner), 1)}.get(mark, sum(inner))


_PATHS = frozenset("verb_path path path_sequence path_elt path_elt_or_inverse path_primary".split())


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
