"""Every inferred triple has a derivation that holds, step by step, down to what is asserted."""

import time
from statistics import median

import pyoxigraph as ox
import pytest

from mlroles import vocab
from mlroles.knowledge.explanation import Explainer, parse
from mlroles.knowledge.formats import Graphs
from mlroles.knowledge.reasoning import axioms, skolem
from mlroles.knowledge.reasoning.binding import Atom, is_schema
from mlroles.knowledge.reasoning.compiled import Schema
from mlroles.knowledge.reasoning.known import Held
from mlroles.knowledge.reasoning.leading import Rules
from mlroles.knowledge.reasoning.proofs import Proof, Prover
from mlroles.knowledge.reasoning.rules import RULES
from mlroles.knowledge.reasoning.strata import match, put


@pytest.fixture(scope="module")
def schema(graphs: Graphs) -> Schema:
    return Schema(filter(is_schema, skolem.named(graphs[vocab.ASSERTED])))


@pytest.fixture(scope="module")
def prover(graphs: Graphs, schema: Schema) -> Prover:
    return Prover(Rules(schema), Held(graphs))


def _atom(triple: ox.Triple) -> Atom:
    return triple.subject, triple.predicate, triple.object  # type: ignore[return-value]


def _check(proof: Proof, prover: Prover, schema: Schema, above: frozenset[Atom]) -> None:
    """Raise if a step is no step: not by its rule, or back to what it is to show."""
    assert proof.fact not in above
    if not proof.rule:
        assert prover.is_asserted(proof.fact) or schema.level(proof.fact) == 0
        return
    premises = [premise.fact for premise in proof.premises]
    if proof.bound is None:
        assert proof.rule in {rule.name for rule in RULES}
        assert premises
    else:
        bound = match(proof.bound.head, proof.fact) or {}
        for atom, fact in zip(proof.bound.body, premises, strict=True):
            bound |= match(put(atom, bound), fact) or {}
        assert [put(atom, bound) for atom in proof.bound.body] == premises
        assert put(proof.bound.head, bound) == proof.fact
    assert all(axiom.rule for axiom in proof.axioms)
    if proof.bound is not None and not proof.axioms:
        assert axioms.is_stated(schema, proof.bound)
    for premise in (*proof.premises, *proof.axioms):
        _check(premise, prover, schema, above | {proof.fact})


@pytest.mark.slow
def test_every_inferred_triple_has_a_derivation_of_asserted_ones(
    graphs: Graphs, prover: Prover, schema: Schema
) -> None:
    inferred = [_atom(triple) for triple in graphs[vocab.INFERRED]]
    assert len(inferred) > 2000
    for fact in inferred:
        proofs = prover.proofs(fact)
        assert proofs, fact
        assert [proof.depth for proof in proofs] == sorted(proof.depth for proof in proofs)
        for proof in proofs:
            assert proof.rule
            _check(proof, prover, schema, frozenset())


def test_an_asserted_triple_needs_no_rule(graphs: Graphs, prover: Prover) -> None:
    for triple in graphs[vocab.ASSERTED][:50]:  # type: ignore[index] # a list
        if not any(isinstance(term, ox.BlankNode) for term in _atom(triple)):
            (proof,) = prover.proofs(_atom(triple))
            assert proof == Proof(_atom(triple))


def test_what_does_not_hold_has_no_derivation(prover: Prover) -> None:
    fact = _atom(parse("role:product-owner", "mlr:requiresSkill", "skill:statistics"))
    assert prover.proofs(fact) == []


def test_there_may_be_several_ways_the_shortest_first(explainer: Explainer) -> None:
    triple = parse("role:ml-engineer", "mlr:requiresSkill", "skill:machine-learning")
    found = explainer.explain(triple)
    assert len(found.derivations) > 1
    asserted = {tuple(_leaves(step)) for step in found.derivations}
    assert len(asserted) == len(found.derivations)


def _leaves(step: object) -> list[str]:
    premises = getattr(step, "premises", ())
    return [leaf for p in premises for leaf in _leaves(p)] or [getattr(step, "sentence", "")]


@pytest.mark.slow
def test_an_explanation_is_quick(graphs: Graphs, explainer: Explainer) -> None:
    took = []
    for triple in list(graphs[vocab.INFERRED])[::20]:
        begun = time.perf_counter()
        explainer.explain(triple)
        took.append(time.perf_counter() - begun)
    assert median(took) < 0.5  # the bar is a tenth of that: this only finds a blunder
