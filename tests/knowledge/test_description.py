"""The description of the dataset: its numbers beside rdflib's own counts of the same graphs."""

import pyoxigraph as ox
import pytest
from rdflib import DCAT, DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SKOS, VOID, Graph, Literal, URIRef

from mlroles import config, vocab
from mlroles.knowledge import load, ntriples, pretty
from mlroles.knowledge.asking import over
from mlroles.knowledge.base import KnowledgeBase
from mlroles.knowledge.description import DATASET, File, describe

pytestmark = pytest.mark.check("VoID, DCAT and PROV: as rdflib counts and reads it", "rdflib")

_IT = URIRef(DATASET)
_FILE = File("asserted.ttl", "text/turtle", 12345, "0123456789abcdef" * 4)


@pytest.fixture(scope="module")
def knowledge() -> KnowledgeBase:
    return load(cache_dir=config.settings().cache_dir)


@pytest.fixture(scope="module")
def described(knowledge: KnowledgeBase) -> list[ox.Triple]:
    graphs = {
        vocab.ASSERTED: ntriples.parse(knowledge.asserted),
        vocab.INFERRED: ntriples.parse(knowledge.inferred),
    }
    return describe(over(graphs), [_FILE])


@pytest.fixture(scope="module")
def text(described: list[ox.Triple]) -> str:
    return pretty.turtle(described, vocab.PREFIXES)


@pytest.fixture(scope="module")
def told(text: str) -> Graph:
    return Graph().parse(data=text, format="turtle")


@pytest.fixture(scope="module")
def union(knowledge: KnowledgeBase) -> Graph:
    return Graph().parse(data=knowledge.asserted + knowledge.inferred, format="nt")


def test_no_triple_is_told_twice(described: list[ox.Triple]) -> None:
    assert len(described) == len(set(described))


def test_the_numbers_are_those_of_the_graph(told: Graph, union: Graph) -> None:
    ours = {s for s in union.subjects() if str(s).startswith(vocab.BASE)}
    expected = {
        VOID.triples: len(union),
        VOID.entities: len(ours),
        VOID.classes: len(set(union.objects(None, RDF.type))),
        VOID.properties: len(set(union.predicates())),
        VOID.distinctSubjects: len(set(union.subjects())),
        VOID.distinctObjects: len(set(union.objects())),
    }
    assert {name: told.value(_IT, name) for name in expected} == {
        name: Literal(count) for name, count in expected.items()
    }


def test_each_class_and_each_property_has_its_partition(told: Graph, union: Graph) -> None:
    classes = {
        told.value(part, VOID["class"]): told.value(part, VOID.entities)
        for part in told.objects(_IT, VOID.classPartition)
    }
    assert classes == {
        class_: Literal(len(set(union.subjects(RDF.type, class_))))
        for class_ in set(union.objects(None, RDF.type))
    }
    properties = {
        told.value(part, VOID.property): told.value(part, VOID.triples)
        for part in told.objects(_IT, VOID.propertyPartition)
    }
    assert properties == {
        property_: Literal(len(list(union.subject_objects(property_))))
        for property_ in set(union.predicates())
    }


def test_the_two_graphs_are_subsets_and_the_second_was_derived(
    told: Graph, knowledge: KnowledgeBase
) -> None:
    asserted, inferred = URIRef(vocab.ASSERTED), URIRef(vocab.INFERRED)
    assert told.value(asserted, VOID.triples) == Literal(knowledge.asserted.count(b"\n"))
    assert told.value(inferred, VOID.triples) == Literal(knowledge.inferred.count(b"\n"))
    assert told.value(inferred, PROV.wasDerivedFrom) == asserted
    reasoning = told.value(inferred, PROV.wasGeneratedBy)
    assert told.value(reasoning, PROV.used) == asserted
    programs = {
        str(told.value(it, RDFS.label)) for it in told.objects(reasoning, PROV.wasAssociatedWith)
    }
    assert {name.split()[0] for name in programs} == {"mlroles", "owlrl"}


def test_what_is_stated_was_read_off_the_article_by_people(told: Graph, union: Graph) -> None:
    asserted = URIRef(vocab.ASSERTED)
    article = union.value(URIRef(vocab.ONTOLOGY_IRI), DCTERMS.source)
    assert article is not None
    assert told.value(asserted, PROV.wasDerivedFrom) == article
    reading = told.value(asserted, PROV.wasGeneratedBy)
    assert told.value(reading, PROV.used) == article
    developers = told.value(reading, PROV.wasAssociatedWith)
    assert told.value(developers, FOAF.name) == Literal("The mlroles developers", lang="en")


def test_the_linksets_count_every_match_once(told: Graph, union: Graph) -> None:
    linksets = set(told.subjects(RDF.type, VOID.Linkset))
    counted = sum(int(str(told.value(links, VOID.triples))) for links in linksets)
    kinds = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.relatedMatch)
    assert counted == sum(len(list(union.subject_objects(kind))) for kind in kinds)
    schemes = {told.value(links, VOID.objectsTarget) for links in linksets}
    concepts = {concept for kind in kinds for concept in union.objects(None, kind)}
    assert schemes == {union.value(concept, SKOS.inScheme) for concept in concepts}
    for target in {*schemes, *(told.value(links, VOID.subjectsTarget) for links in linksets)}:
        assert (target, RDF.type, VOID.Dataset) in told


def test_title_licence_source_and_dates_are_told(told: Graph, union: Graph) -> None:
    header = URIRef(vocab.ONTOLOGY_IRI)
    for name in (DCTERMS.license, DCTERMS.source, DCTERMS.issued):
        assert told.value(_IT, name) == union.value(header, name)
        assert told.value(_IT, name) is not None
    assert (header, RDF.type, OWL.Ontology) in union
    assert told.value(_IT, DCTERMS.title)
    for name in (DCTERMS.creator, DCTERMS.publisher):
        agent = told.value(_IT, name)
        assert told.value(agent, RDF.type) == FOAF.Agent
        assert told.value(agent, FOAF.name) == union.value(header, name)


def test_a_file_is_a_distribution_with_its_checksum(told: Graph) -> None:
    part = told.value(URIRef(vocab.ASSERTED), DCAT.distribution)
    assert (_IT, DCTERMS.hasPart, URIRef(vocab.ASSERTED)) in told
    assert told.value(part, DCTERMS.title) == Literal(_FILE.name)
    assert told.value(part, DCAT.byteSize) == Literal(_FILE.size)
    assert str(told.value(part, DCAT.mediaType)).endswith("/text/turtle")
    spdx = "http://spdx.org/rdf/terms#"
    checksum = told.value(part, URIRef(f"{spdx}checksum"))
    assert str(told.value(checksum, URIRef(f"{spdx}checksumValue"))) == _FILE.sha256


def test_no_blank_node_is_used_so_that_loading_twice_changes_nothing(text: str) -> None:
    assert "_:" not in text
    assert "[" not in text
