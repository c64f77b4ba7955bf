"""The page has every term once, told in full, and every link on it leads somewhere."""

import gzip
from collections import Counter

import pyoxigraph as ox
import pytest

from markup import Written
from mlroles import vocab
from mlroles.knowledge.formats import Graphs
from mlroles.knowledge.reference import Reference, document, refer
from mlroles.knowledge.reference.names import anchor

TYPE = f"{vocab.RDF}type"
TERMS = {f"{vocab.OWL}{kind}" for kind in ("Class", "ObjectProperty", "DatatypeProperty")}
#: What is no class of individuals: a header is at the top of the page.
NO_CLASSES = {f"{vocab.OWL}{kind}" for kind in ("Ontology", "AnnotationProperty")}


Said = set[tuple[str, str, str]]


def test_every_class_property_and_individual_has_its_anchor(said: Said, page: Written) -> None:
    typed = {s for s, p, o in said if p == TYPE and o not in NO_CLASSES}
    terms = {anchor(iri) for iri in typed if iri.startswith(vocab.BASE)}
    assert len(terms) > 400
    assert terms - set(page.ids) == set()


def test_each_anchor_is_there_once(page: Written) -> None:
    assert [name for name, count in Counter(page.ids).items() if count > 1] == []


def test_every_link_inside_the_page_leads_to_an_anchor(page: Written) -> None:
    inside = [link["href"] for link in page.links if link["href"].startswith("#")]
    assert len(inside) > 1000
    assert [href for href in inside if href.removeprefix("#") not in page.ids] == []


def test_links_to_other_sites_say_nothing_of_where_they_come_from(page: Written) -> None:
    outside = [link for link in page.links if "://" in link["href"]]
    assert outside
    assert all("noreferrer" in link["rel"] for link in outside)


def test_the_page_is_well_formed_and_small_once_compressed(page: Written) -> None:
    assert page.faults == []
    assert len(gzip.compress(page.text.encode())) < 100_000


def test_nothing_is_loaded_and_nothing_is_run(page: Written) -> None:
    for word in ("<script", "<link", "src=", "@import", "url(http"):
        assert word not in page.text


def test_every_term_is_defined(said: Said, page: Written) -> None:
    definitions = {s: o for s, p, o in said if p == f"{vocab.SKOS}definition"}
    terms = {s for s, _, o in said if o in TERMS and s.startswith(vocab.MLR)}
    assert len(terms) > 150
    for iri in terms:
        assert " ".join(definitions[iri].split()) in page.term(iri.removeprefix(vocab.MLR))


@pytest.mark.parametrize(
    ("term", "told"),
    [
        ("requiresSkill", "Domain role Range skill Inverse of skill required by"),
        ("requiresSkill", "Subproperty of schema:skills"),
        ("requiresSkill", "Implied by the chain has requirement o of skill"),
        ("requiresSkill", "requires skill o specialisation of"),
        ("requiresSkill", "Part of the chain of requires skill"),
        ("skillRequiredBy", "Inverse of requires skill"),
        ("requirementOf", "Characteristics functional: at most one value"),
        ("specialisationOf", "Characteristics transitive:"),
        ("sharesResponsibilityWith", "Characteristics symmetric:"),
        ("concerns", "Superproperty of alias of assignment of assigns"),
        ("paraphrase", "Domain statement Range xsd:string"),
        ("ResearchRole", "Equivalent to role and in environment value research Members"),
        (
            "DualSkillRole",
            "role and requires skill value machine learning and requires skill value software engineering",
        ),
        ("Observation", "Subclass of statement Superclass of"),
        ("RarityObservation", "Disjoint with difficulty observation hiring advice"),
        ("Role", "Example ML engineer"),
        ("Role", "Domain of builds on"),
        ("Skill", "Range of because of"),
        ("role/ml-engineer", "skos:closeMatch artificial intelligence engineer"),
        ("statement/data-engineer-requires-machine-learning-table", "stated as table stated in"),
    ],
)
def test_axioms_are_readable(page: Written, term: str, told: str) -> None:
    assert told in page.term(term)


def test_members_that_are_inferred_are_marked(page: Written) -> None:
    assert "Members inferred" in page.term("DualSkillRole")
    assert "MLOps engineer" in page.term("DualSkillRole")
    assert "Members inferred" not in page.term("Role")
    assert "Product owner" not in page.term("DualSkillRole")


def test_the_header_is_told_with_what_changed(reference: Reference, page: Written) -> None:
    header = reference.header
    assert header.changes
    for said in (header.title, header.version_iri, header.citation, *header.changes):
        assert said in page.text
    assert "@prefix mlr: &lt;https://w3id.org/mlroles/ontology#&gt; ." in page.text


def test_the_order_of_the_triples_changes_nothing(graphs: Graphs, page: Written) -> None:
    mixed = {name: sorted(t, key=lambda triple: str(triple)[::-1]) for name, t in graphs.items()}
    assert document(refer(mixed), {"Turtle": "ontology.ttl"}) == page.text


def test_markup_in_the_data_stays_text(graphs: Graphs) -> None:
    role = ox.NamedNode(f"{vocab.BASE}role/hostile")
    hostile = [
        ox.Triple(role, ox.NamedNode(TYPE), ox.NamedNode(f"{vocab.MLR}Role")),
        ox.Triple(
            role, ox.NamedNode(f"{vocab.RDFS}label"), ox.Literal("<script>alert(1)</script>")
        ),
        ox.Triple(role, ox.NamedNode(f"{vocab.SKOS}note"), ox.Literal('"><img src=x>')),
        ox.Triple(role, ox.NamedNode(f"{vocab.SKOS}seeAlso"), ox.NamedNode("javascript:alert(1)")),
    ]
    text = document(refer({**graphs, vocab.ASSERTED: [*graphs[vocab.ASSERTED], *hostile]}), {})
    assert "<script" not in text
    assert "<img" not in text
    assert 'href="javascript:' not in text
    assert "&lt;script&gt;alert(1)" in text
