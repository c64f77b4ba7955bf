"""Where a statement or a name stands in the files: worked out only when it must be told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from mlroles.knowledge import blanks, turtle
from mlroles.knowledge.scan import Place, Scan, scan
from mlroles.knowledge.sources import read
from mlroles.knowledge.turtle import Document

#: Bytes of files that are read again to tell a line; a larger one is named at most.
_READ = 4 << 20

_Key: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True)
class Spot:
    """A place in a file; line and column are None where they could not be worked out."""

    file: Path
    line: int | None = None
    column: int | None = None


class Places:
    """The places of a set of documents; a file is scanned when it is first asked about."""

    def __init__(self, documents: Sequence[Document], unread: Sequence[Path] = ()) -> None:
        self._pages = [_Page(document) for document in documents]
        self._unread = unread

    @classmethod
    def of(cls, files: Iterable[Path]) -> "Places":
        """Return the places of Turtle files. Raises KnowledgeError for what cannot be read.

        Files of some megabytes are not read.
        """
        found = list(files)
        small = [file for file in found if file.stat().st_size <= _READ]
        documents = [turtle.parse(read(file)) for file in small]
        return cls(documents, [file for file in found if file not in small])

    def statement(self, triple: ox.Triple) -> Spot | None:
        """Return where ``triple``, which is asserted, is so first; None if nobody knows."""
        page = next((page for page in self._pages if triple in page.triples), None)
        if page is None:
            return Spot(self._unread[0]) if len(self._unread) == 1 else None
        key = (str(triple.subject), str(triple.predicate), str(triple.object))
        return page.spot(page.statements.get(key))

    def subject(self, iri: str) -> Spot | None:
        """Return where ``iri`` is named first, best in a file that says something of it."""
        node = ox.NamedNode(iri)
        saying = (p for p in self._pages if any(t.subject == node for t in p.document.triples))
        naming = (p for p in self._pages if any(t.object == node for t in p.document.triples))
        page = next(chain(saying, naming), None)
        return None if page is None else page.spot(page.names.get(iri))

    def name(self, document: Document, iri: str) -> Spot:
        """Return where ``iri`` is named first in ``document``."""
        page = next(page for page in self._pages if page.document is document)
        return page.spot(page.names.get(iri))


class _Page:
    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def triples(self) -> frozenset[ox.Triple]:
        return frozenset(self.document.triples)

    @cached_property
    def _scan(self) -> Scan:
        return scan(self.document.source.content.decode())

    @cached_property
    def statements(self) -> Mapping[_Key, Place]:
        found = self._scan.statements
        labels = blanks.labels(
            s[:3] for s in found if s.subject.startswith("_:") or s.object.startswith("_:")
        )
        renamed = self.document.renamed
        names = {old: f"_:{renamed.get(new, new)}" for old, new in labels.items()}
        return {
            (names.get(s.subject, s.subject), s.predicate, names.get(s.object, s.object)): s.place
            for s in reversed(found)
        }

    @property
    def names(self) -> Mapping[str, Place]:
        return self._scan.names

    def spot(self, place: Place | None) -> Spot:
        line, column = place or (None, None)
        return Spot(self.document.source.path, line, column)
