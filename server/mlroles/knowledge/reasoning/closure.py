"""The OWL 2 RL closure by owlrl, and when each triple of it was found. The only importer of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeAlias

import pyoxigraph as ox
from owlrl import OWLRL_Semantics
from rdflib import OWL, RDF, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from mlroles.errors import KnowledgeError
from mlroles.knowledge.reasoning.progress import Progress, silent

#: A triple of terms in which a literal may also be the subject, as the rules have it.
Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Fact: TypeAlias = tuple[Term, Term, Term]

_Triple: TypeAlias = tuple[Node, Node, Node]

#: Triples between two reports of progress.
_STEP = 500


@dataclass(frozen=True)
class Closure:
    """What holds, and what owlrl says against it.

    ``levels`` maps each fact to the cycle that found it: 0 is asserted, or true of any graph.
    Each premise of a fact has a smaller level than the fact. ``errors`` are owlrl's own words.
    """

    asserted: frozenset[Fact]
    levels: dict[Fact, int]
    errors: tuple[str, ...]


def facts(triples: Iterable[ox.Triple]) -> Iterator[Fact]:
    """Yield the triples as facts. They have no triple terms: ``turtle`` refuses those."""
    for t in triples:
        yield t.subject, t.predicate, t.object  # type: ignore[misc] # see above


def close(triples: Iterable[ox.Triple], progress: Progress = silent) -> Closure:
    """Return the OWL 2 RL closure of the triples (OWL 2 Profiles, section 4.3).

    Raises KnowledgeError if the OWL in them is too broken to be read, such as a list without end.
    """
    terms = _Terms()
    given = {terms.encode(*fact) for fact in facts(triples)}
    graph = Graph()
    for triple in given:
        graph.add(triple)
    reasoner = _Reasoner(graph, progress)
    try:
        reasoner.closure()
    except (AttributeError, ValueError, RecursionError) as error:
        raise KnowledgeError(
            f"The axioms cannot be reasoned over: {error}.",
            hint="Is every list closed, and every cardinality a number?",
        ) from error
    levels = {
        terms.decode(triple): 0 if triple in given else reasoner.levels.get(triple, 0)
        for triple in graph
        if isinstance(triple[1], URIRef)
    }
    asserted = frozenset(terms.decode(triple) for triple in given)
    return Closure(asserted, levels, tuple(reasoner.error_messages))


class _Reasoner(OWLRL_Semantics):  # type: ignore[misc] # owlrl has no types
    """owlrl's rules, told apart by cycle, without two flaws and some work in vain.

    Left out: eq-ref (it makes ``x owl:sameAs x`` of every term, which follows from anything and
    is stripped at the end; its two clashes are found by our own table) and the list of blank
    nodes that owlrl keeps to remove blank predicates (they are dropped with one test).
    """

    def __init__(self, graph: Graph, progress: Progress) -> None:
        super().__init__(graph, axioms=False, daxioms=False)
        self.levels: dict[_Triple, int] = {}
        self._cycle = 0
        self._seen = 0
        self._progress = progress

    def store_triple(self, t: _Triple) -> None:
        super().store_triple(t)
        if t in self.added_triples:
            self.levels.setdefault(t, self._cycle)

    def rules(self, t: _Triple, cycle_num: int) -> None:
        if cycle_num != self._cycle:
            self._cycle, self._seen = cycle_num, 0
        if self._seen % _STEP == 0:
            self._progress(
                f"Reasoning: cycle {cycle_num}, {self._seen:,} of {len(self.graph):,} triples"
            )
        self._seen += 1
        self._properties(t, cycle_num)
        self._equality(t, cycle_num)
        self._classes(t, cycle_num)
        self._class_axioms(t, cycle_num)
        self._schema_vocabulary(t, cycle_num)

    def add_error(self, message: str) -> None:
        # The lexical forms are checked already, by a table that knows INF and the year 10000.
        if not message.startswith("Lexical value"):
            super().add_error(message)

    def post_process(self) -> None:
        """Leave blank predicates to the caller."""

    def _equality(self, triple: _Triple, cycle_num: int) -> None:
        subject, predicate, value = triple
        if predicate == OWL.sameAs and subject != value:
            super()._equality(triple, cycle_num)

    def _properties(self, triple: _Triple, cycle_num: int) -> None:
        if triple[1] == OWL.hasKey:
            self._key(triple[0], list(self.graph.items(triple[2])))
        else:
            super()._properties(triple, cycle_num)

    def _key(self, described: Node, properties: list[Node]) -> None:
        """Apply prp-key; owlrl leaves the last property of a key out of account."""
        members = list(self.graph.subjects(RDF.type, described))
        values = {x: [set(self.graph.objects(x, p)) for p in properties] for x in members}
        for x, y in combinations(members, 2):
            if properties and all(a & b for a, b in zip(values[x], values[y], strict=True)):
                self.store_triple((x, OWL.sameAs, y))


class _Terms:
    """Terms of Oxigraph as those of rdflib and back, without loss."""

    def __init__(self) -> None:
        self._nodes: dict[Any, Node] = {}
        self._terms: dict[Node, Term] = {}

    def encode(self, *terms: Any) -> Any:
        return tuple(self._nodes.get(term) or self._encode(term) for term in terms)

    def decode(self, triple: Iterable[Node]) -> Any:
        return tuple(self._terms.get(node) or self._decode(node) for node in triple)

    def _encode(self, term: Term) -> Node:
        node = _node(term)
        self._nodes[term] = node
        self._terms.setdefault(node, term)
        return node

    def _decode(self, node: Node) -> Term:
        # Only the names that owlrl brings along itself come here.
        term = ox.NamedNode(str(node)) if isinstance(node, URIRef) else ox.Literal(str(node))
        self._terms[node] = term
        return term


def _node(term: Term) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
