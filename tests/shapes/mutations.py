"""Real data made wrong: one change for each constraint of each shape."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

MLR = Namespace("https://w3id.org/mlroles/ontology#")
SHAPE = Namespace("https://w3id.org/mlroles/shape/")
ROLE = URIRef("https://w3id.org/mlroles/role/ml-engineer")
SKILL = URIRef("https://w3id.org/mlroles/skill/statistics")
UNKNOWN = URIRef("https://w3id.org/mlroles/level/enormous")

Triple = tuple[Node, Node, Node]


@dataclass(frozen=True)
class Constraint:
    """What a property shape, or a node shape itself, asks of what a node shape is for."""

    node: Node
    shape: Node
    component: URIRef
    value: Node
    path: Node | None

    def __str__(self) -> str:
        """Return a name for a test."""
        names = (str(name).rpartition("/")[2] for name in (self.node, self.shape))
        return " ".join([*dict.fromkeys(names), str(self.component).rpartition("#")[2]])


@dataclass
class Mutation:
    """Triples taken from, and added to, what is said of ``focus``."""

    focus: Node
    removed: list[Triple] = field(default_factory=list)
    added: list[Triple] = field(default_factory=list)


def constraints(shapes: Graph) -> Iterator[Constraint]:
    """Yield every constraint that a shape with targets makes, in a steady order."""
    alone = set(shapes.subjects(RDF.type, SH.PropertyShape)) & set(
        shapes.subjects(SH.targetSubjectsOf)
    )
    for node in sorted({*shapes.subjects(RDF.type, SH.NodeShape), *alone}, key=str):
        for shape in (node, *sorted(shapes.objects(node, SH.property), key=str)):
            path = shapes.value(shape, SH.path)
            for component in sorted(_MAKERS):
                value = shapes.value(shape, component)
                if value is not None:
                    yield Constraint(node, shape, component, value, path)


def mutation(constraint: Constraint, shapes: Graph, data: Graph) -> Mutation:
    """Return a change of ``data`` that breaks ``constraint``."""
    return _MAKERS[constraint.component](_Setting(constraint, shapes, data))


@dataclass(frozen=True)
class _Setting:
    constraint: Constraint
    shapes: Graph
    data: Graph

    @property
    def path(self) -> Node:
        assert self.constraint.path is not None
        return self.constraint.path

    @property
    def number(self) -> int:
        return int(str(self.constraint.value))

    def asked(self, component: URIRef) -> Node | None:
        return self.shapes.value(self.constraint.shape, component)

    def focus(self) -> Node:
        """Return something that the shape is for, best one that has the property.

        What nobody has, as nobody may state it, a role is to have.
        """
        targets = sorted((t for t in self._targets() if isinstance(t, URIRef)), key=str)
        path = self.constraint.path
        with_value = (node for node in targets if (node, path, None) in self.data)
        return next(with_value, targets[0] if targets else ROLE)

    def _targets(self) -> Iterator[Node]:
        node = self.constraint.node
        for class_ in self.shapes.objects(node, SH.targetClass):
            for kind in self.data.transitive_subjects(RDFS.subClassOf, class_):
                yield from self.data.subjects(RDF.type, kind)
        for property_ in self.shapes.objects(node, SH.targetSubjectsOf):
            yield from self.data.subjects(property_)
        for property_ in self.shapes.objects(node, SH.targetObjectsOf):
            yield from self.data.objects(None, property_)

    def values(self, focus: Node) -> list[Node]:
        return sorted(self.data.objects(focus, self.path), key=str)

    def others(self, focus: Node) -> Iterator[Node]:
        """Yield values that are right but for their number."""
        taken = set(self.values(focus))
        if self.asked(SH.languageIn) is not None:
            yield Literal("another", lang="en")
        elif {self.asked(SH.datatype), self.asked(SH.minLength), self.asked(SH.pattern)} != {None}:
            yield Literal("another")
        elif (class_ := self.asked(SH["class"])) is not None:
            yield from sorted(set(self.data.subjects(RDF.type, class_)) - taken, key=str)
        elif (allowed := self.asked(SH["in"])) is not None:
            yield from (node for node in Collection(self.shapes, allowed) if node not in taken)
        else:
            yield from sorted(set(self.data.objects(None, self.path)) - taken, key=str)
            yield Literal("another")

    def replaced(self, wrong: Node) -> Mutation:
        """Return the change of the first value, or of none, to a wrong one."""
        focus = self.focus()
        removed = [(focus, self.path, value) for value in self.values(focus)[:1]]
        return Mutation(focus, removed, [(focus, self.path, wrong)])


def _min_count(at: _Setting) -> Mutation:
    focus = at.focus()
    gone = at.values(focus)[at.number - 1 :]
    return Mutation(focus, removed=[(focus, at.path, value) for value in gone])


def _max_count(at: _Setting) -> Mutation:
    focus = at.focus()
    missing = at.number + 1 - len(at.values(focus))
    more = islice(at.others(focus), missing)
    return Mutation(focus, added=[(focus, at.path, value) for value in more])


def _class(at: _Setting) -> Mutation:
    if at.constraint.path is None:
        return _untyped(at)
    return at.replaced(SKILL if at.constraint.value == MLR.Role else ROLE)


def _untyped(at: _Setting) -> Mutation:
    focus = at.focus()
    removed: list[Triple] = [(focus, RDF.type, kind) for kind in at.data.objects(focus, RDF.type)]
    return Mutation(focus, removed)


def _unknown(at: _Setting) -> Mutation:
    if at.constraint.value == RDF.nil:  # nothing is allowed
        focus = at.focus()
        return Mutation(focus, added=[(focus, at.path, SKILL)])
    return at.replaced(UNKNOWN)


def _datatype(at: _Setting) -> Mutation:
    return at.replaced(Literal(3))


def _language(at: _Setting) -> Mutation:
    return at.replaced(Literal("etwas", lang="de"))


def _min_length(at: _Setting) -> Mutation:
    value = next(iter(at.values(at.focus())), None)
    language = value.language if isinstance(value, Literal) else None
    return at.replaced(Literal("x" * (at.number - 1), lang=language))


def _blank(at: _Setting) -> Mutation:
    value = next(iter(at.values(at.focus())), None)
    language = value.language if isinstance(value, Literal) else None
    return at.replaced(Literal(" ", lang=language))


def _node_kind(at: _Setting) -> Mutation:
    focus = at.focus()
    return Mutation(focus, added=[(focus, at.path, BNode())])


def _disjoint(at: _Setting) -> Mutation:
    (other,) = at.data.objects(at.focus(), at.constraint.value)
    return at.replaced(other)


def _query(at: _Setting) -> Mutation:
    """Return what the shape's own query asks for."""
    asked: Mapping[Node, Callable[[Graph, Node], Mutation]] = {
        SHAPE["AspectValue-compared"]: _value_for_a_stranger,
        SHAPE["ResponsibilityExclusion-contradicted"]: _given_and_denied,
    }
    return asked[at.constraint.node](at.data, at.focus())


def _value_for_a_stranger(data: Graph, focus: Node) -> Mutation:
    """Return a value for a role that its comparison does not compare."""
    path = MLR.valueIn / MLR.aspectOf / MLR.compares
    strangers = set(data.subjects(RDF.type, MLR.Role)) - set(data.objects(focus, path))
    removed: list[Triple] = [
        (focus, MLR.valueFor, role) for role in data.objects(focus, MLR.valueFor)
    ]
    return Mutation(focus, removed, [(focus, MLR.valueFor, min(strangers, key=str))])


def _given_and_denied(data: Graph, focus: Node) -> Mutation:
    """Return the exclusion of what the role is responsible for."""
    (role,) = data.objects(focus, MLR.exclusionOf)
    given = min(data.objects(role, ~MLR.assignmentOf / MLR.assigns), key=str)
    removed: list[Triple] = [
        (focus, MLR.excludes, value) for value in data.objects(focus, MLR.excludes)
    ]
    return Mutation(focus, removed, [(focus, MLR.excludes, given)])


def _unique_language(at: _Setting) -> Mutation:
    focus = at.focus()
    return Mutation(focus, added=[(focus, at.path, Literal("another", lang="en"))])


def _has_value(at: _Setting) -> Mutation:
    focus = at.focus()
    return Mutation(focus, removed=[(focus, at.path, at.constraint.value)])


def _qualified(at: _Setting) -> Mutation:
    """Return a role that is said to be what roles are only inferred to be."""
    focus = min(at.data.subjects(RDF.type, MLR.Role), key=str)
    return Mutation(focus, added=[(focus, RDF.type, MLR.ResearchRole)])


def _neither(at: _Setting) -> Mutation:
    """Return a specialisation of skills that nobody states and nobody judges."""
    focus = min(at.data.subjects(RDF.type, MLR.SkillSpecialisation), key=str)
    kinds = (MLR.Statement, MLR.Judgement)
    return Mutation(focus, removed=[(focus, RDF.type, kind) for kind in kinds])


_MAKERS: Mapping[URIRef, Callable[[_Setting], Mutation]] = {
    SH["class"]: _class,
    SH["in"]: _unknown,
    SH["or"]: _class,
    SH.datatype: _datatype,
    SH.disjoint: _disjoint,
    SH.hasValue: _has_value,
    SH.languageIn: _language,
    SH.maxCount: _max_count,
    SH.minCount: _min_count,
    SH.minLength: _min_length,
    SH.nodeKind: _node_kind,
    SH.pattern: _blank,
    SH.qualifiedMaxCount: _qualified,
    SH.sparql: _query,
    SH.uniqueLang: _unique_language,
    SH.xone: _neither,
}

#: What shapes say beside their constraints.
NO_CONSTRAINTS = {
    RDF.type,
    SH.flags,  # a part of sh:pattern
    SH.message,
    SH.path,
    SH.property,
    SH.qualifiedValueShape,  # the other half of sh:qualifiedMaxCount
    SH.targetClass,
    SH.targetObjectsOf,
    SH.targetSubjectsOf,
}
CONSTRAINTS = set(_MAKERS)
