"""A query whose tree is not read has no path of no steps beside a term."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mlroles.sparql.parser import UnexpectedError, parse
from mlroles.store.mending import ends, mend, paths
from mlroles.store.mending.mend import Dataset, _syntax

SPACE = st.sampled_from(["", " ", "\n", " # a* :b\n"])
NAME = st.sampled_from([":p", "e:q-1", "e:q.r", "<urn:r>", "a", r":s\*", ":", "e:%2A"])
VARIABLE = st.sampled_from(["?x", "$y", "?ab"])
TERM = st.sampled_from([":t", "<urn:t>", '"*"', "'?'@en", "1", "-2.5", "true", '"1"^^e:n'])
OTHER = st.sampled_from(["[]", "_:b", "(1 ?x)", "()", "[ :p* ?z ]", "[ :p/:q? :t ]"])
MODIFIER = st.sampled_from(["", "", "*", "?", "+"])


@st.composite
def path(draw: st.DrawFn, depth: int = 2) -> str:
    if not depth or draw(st.booleans()):
        inner = draw(NAME)
    else:
        parts = draw(st.lists(path(depth - 1), min_size=1, max_size=3))
        joint = f"{draw(SPACE)}{draw(st.sampled_from('/|'))}{draw(SPACE)}"
        inner = f"({draw(SPACE)}{joint.join(parts)}{draw(SPACE)})"
    return f"{draw(st.sampled_from(['', '', '^']))}{inner}{draw(SPACE)}{draw(MODIFIER)}"


@st.composite
def triples(draw: st.DrawFn) -> str:
    node = st.one_of(VARIABLE, VARIABLE, TERM, OTHER)
    subject = draw(st.one_of(VARIABLE, VARIABLE, st.sampled_from([":t", "<urn:t>", "[]"])))
    verbs = draw(st.lists(path(), min_size=1, max_size=2))
    said = [
        f"{verb} {f'{draw(SPACE)},{draw(SPACE)}'.join(draw(st.lists(node, min_size=1, max_size=2)))}"
        for verb in verbs
    ]
    return f"{subject} {' ; '.join(said)}"


FILTERS = [
    "FILTER(?x * 2 > 1)",
    "FILTER(?x*?y = (1 + 2) * ?z)",
    "BIND(2*3 AS ?b)",
    "VALUES ?v { :t 1 }",
    "VALUES (?v ?w) { (:t 1) }",
]


@st.composite
def queries(draw: st.DrawFn) -> str:
    blocks = [draw(triples())]
    for _ in range(draw(st.integers(0, 2))):
        other = draw(triples())
        blocks.append(
            draw(
                st.sampled_from(
                    [
                        *FILTERS,
                        f"OPTIONAL {{{other}}}",
                        f"FILTER NOT EXISTS {{{other}}}",
                        f". {other} .",
                        f"FILTER(true) {other}",
                        f"{{ {other} }} UNION {{ {other} }}",
                        f"{{ SELECT (COUNT(*) AS ?n) {{ {other} }} }}",
                    ]
                )
            )
        )
    return f"PREFIX : <urn:> PREFIX e: <urn:e#> SELECT ?x {{{draw(SPACE)}{' '.join(blocks)}}}"


@settings(max_examples=300, deadline=None)
@given(text=queries())
def test_what_is_rewritten_is_suspected(text: str) -> None:
    try:
        tree = parse(text)
    except UnexpectedError:
        assume(False)
    if paths.edits(text, tree, lambda _: True):
        assert ends.may_have_term(_syntax(text))


@pytest.mark.parametrize(
    "body",
    [
        "?x :p* ?y",
        "?x a/:p* ?y ; :q ?z , :t",
        "?x (:p|^:q)* ?y . ?y :r ?z FILTER(?z * 2 > 1)",
        "VALUES ?x { :t 1 } ?x :p? ?y",
        "BIND(?a * (1 - ?b) * (1 - ?c) AS ?d)",
        '?x :p "?x :q* :t"',
        "?x :p ?y # :t :p* ?z",
    ],
)
def test_what_has_no_such_path_is_not_read(body: str) -> None:
    assert not ends.may_have_term(_syntax(f"PREFIX : <urn:> SELECT ?x {{ {body} }}"))


@pytest.mark.parametrize("body", [":t :p* ?x", "?x :p* :t", "?x (:p/:q?)* ?y , 'é'@fr"])
def test_a_path_beside_a_term_is_mended(body: str) -> None:
    text = f"PREFIX : <urn:> SELECT ?x {{ {body} }}"
    assert mend(text, Dataset(tuple, lambda _prologue, _term: True)) != text
