"""The alignments as one table in SSSOM, the Simple Standard for Sharing Ontology Mappings 1.0."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyoxigraph as ox
import yaml

from mlroles import __version__, vocab

_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "author_label",
    "object_source",
    "object_source_version",
    "mapping_date",
    "comment",
)
_MATCHES = {f"{vocab.SKOS}{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")}
_LABEL = f"{vocab.RDFS}label"
_IN_SCHEME = f"{vocab.SKOS}inScheme"
_NOTE = f"{vocab.SKOS}scopeNote"
_DEFINED = f"{vocab.RDFS}isDefinedBy"
_VERSION = f"{vocab.OWL}versionInfo"
_SEEN = f"{vocab.PREFIXES['dcterms']}source"
_CREATOR = f"{vocab.PREFIXES['dcterms']}creator"
_LICENCE = f"{vocab.PREFIXES['dcterms']}license"
#: When an alignment was last looked at, as its header says.
_DATE = f"{vocab.PREFIXES['dcterms']}modified"
#: Where the table is to be had, and what it is known by.
ADDRESS = f"{vocab.BASE}alignment/mappings"
#: A person compared the two terms: the Semantic Mapping Vocabulary's word for it.
_JUSTIFICATION = "semapv:ManualMappingCuration"
_SEMAPV = "https://w3id.org/semapv/vocab/"


def table(asserted: Iterable[ox.Triple]) -> bytes:
    """Return every match of a term of ours as a row of TSV, sorted, after SSSOM's YAML header."""
    said = _Said(asserted)
    rows = sorted(_row(said, *match) for match in said.matches)
    named = ("subject_id", "predicate_id", "object_id", "object_source")
    places = [_COLUMNS.index(name) for name in named]
    used = {row[place].partition(":")[0] for row in rows for place in places}
    header = {
        "mapping_set_id": ADDRESS,
        "mapping_set_version": __version__,
        "mapping_set_title": "Alignments of mlroles with other vocabularies",
        "mapping_set_description": "Roles, skills, classes and properties of mlroles beside ESCO,"
        " O*NET-SOC, SFIA 9, EDSF DSP and schema.org. That two match is our judgement; the"
        " identifiers were seen where the comment says.",
        "subject_source": "mlroles:ontology",
        "subject_source_version": __version__,
        "license": said.one(vocab.ONTOLOGY_IRI, _LICENCE),
        "curie_map": {
            **{prefix: vocab.PREFIXES[prefix] for prefix in sorted(used & vocab.PREFIXES.keys())},
            "mlroles": vocab.BASE,
            "semapv": _SEMAPV,
        },
    }
    lines = [
        f"#{line}" for line in yaml.safe_dump(header, sort_keys=False, width=1000).splitlines()
    ]
    lines += ["\t".join(row) for row in (_COLUMNS, *rows)]
    return "".join(f"{line}\n" for line in lines).encode()


def matched(triples: Iterable[ox.Triple]) -> set[str]:
    """Return the IRIs of what is matched with something."""
    return {str(t.subject)[1:-1] for t in triples if t.predicate.value in _MATCHES}


class _Said:
    """What is said of each subject: values as text, by property."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._values: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.matches: list[tuple[str, str, str]] = []
        for triple in triples:
            subject, predicate, value = _plain(triple)
            self._values[subject, predicate].append(value)
            if predicate in _MATCHES:
                self.matches.append((subject, predicate, value))

    def one(self, subject: str, property_: str) -> str:
        """Return the value, the first by the alphabet if there are several, else nothing."""
        return min(self._values[subject, property_], default="")


def _row(said: _Said, subject: str, match: str, target: str) -> tuple[str, ...]:
    scheme = said.one(target, _IN_SCHEME)
    seen, note = said.one(target, _SEEN), said.one(target, _NOTE)
    return (
        _curie(subject),
        said.one(subject, _LABEL),
        _curie(match),
        _curie(target),
        said.one(target, _LABEL),
        _JUSTIFICATION,
        said.one(vocab.ONTOLOGY_IRI, _CREATOR),
        _curie(scheme),
        said.one(scheme, _VERSION),
        said.one(said.one(scheme, _DEFINED), _DATE)[:10],
        "; ".join(filter(None, (f"Seen in: {seen}" if seen else "", note))),
    )


def _curie(iri: str) -> str:
    """Return a CURIE (CURIE Syntax 1.0), which may hold more than a prefixed name of Turtle."""
    prefix, namespace = vocab.split(iri)
    return f"{prefix}:{iri.removeprefix(namespace)}" if prefix else iri


def _plain(triple: ox.Triple) -> Iterator[str]:
    for term in (triple.subject, triple.predicate, triple.object):
        text = term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
        yield " ".join(text.split())
