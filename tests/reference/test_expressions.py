"""Class expressions of OWL 2 in readable form."""

import pyoxigraph as ox
import pytest

from mlroles import vocab
from mlroles.knowledge.reference.expressions import expression
from mlroles.knowledge.reference.index import Index

PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in vocab.PREFIXES.items())
LABELS = """
mlr:Role rdfs:label "role" . mlr:Skill rdfs:label "skill" . mlr:requires rdfs:label "requires" .
skill:maths rdfs:label "maths" .
"""


def written(turtle: str) -> str:
    """Return the expression that is the value of mlr:is."""
    triples = list(ox.parse(PREFIXES + LABELS + f"mlr:x mlr:is {turtle} .", ox.RdfFormat.TURTLE))
    index = Index(quad.triple for quad in triples)
    node = index.value(ox.NamedNode(f"{vocab.MLR}x"), f"{vocab.MLR}is")
    assert node is not None
    return " ".join(getattr(piece, "text", str(piece)) for piece in expression(index, node))


@pytest.mark.parametrize(
    ("turtle", "told"),
    [
        ("mlr:Role", "role"),
        ("schema:Person", "schema:Person"),
        ("<https://example.org/a>", "<https://example.org/a>"),
        ('"words"', "“words”"),
        ("[ owl:intersectionOf ( mlr:Role mlr:Skill ) ]", "role and skill"),
        ("[ owl:unionOf ( mlr:Role mlr:Skill ) ]", "role or skill"),
        (
            "[ owl:intersectionOf ( mlr:Role [ owl:unionOf ( mlr:Skill mlr:Role ) ] ) ]",
            "role and ( skill or role )",
        ),
        ("[ owl:complementOf mlr:Role ]", "not role"),
        ("[ owl:complementOf [ owl:unionOf ( mlr:Role mlr:Skill ) ] ]", "not ( role or skill )"),
        ("[ owl:oneOf ( skill:maths mlr:Role ) ]", "{ maths , role }"),
        ("[ owl:inverseOf mlr:requires ]", "inverse requires"),
        (
            "[ owl:onProperty mlr:requires ; owl:hasValue skill:maths ]",
            "requires value maths",
        ),
        (
            "[ owl:onProperty mlr:requires ; owl:someValuesFrom mlr:Skill ]",
            "requires some skill",
        ),
        (
            "[ owl:onProperty [ owl:inverseOf mlr:requires ] ; owl:allValuesFrom mlr:Role ]",
            "inverse requires only role",
        ),
        ("[ owl:onProperty mlr:requires ; owl:maxCardinality 2 ]", "requires max 2"),
        (
            "[ owl:onProperty mlr:requires ; owl:minQualifiedCardinality 1 ; owl:onClass mlr:Skill ]",
            "requires min 1 skill",
        ),
        ("[ rdfs:label 'nothing' ]", "something without a name"),
    ],
)
def test_an_expression_is_readable(turtle: str, told: str) -> None:
    assert written(turtle) == told
