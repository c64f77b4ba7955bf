"""The release files: asserted, inferred and combined, each in five formats, and checksums."""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox

from mlroles import vocab
from mlroles.errors import KnowledgeError
from mlroles.knowledge import ntriples, pretty
from mlroles.knowledge.base import KnowledgeBase

#: Graph name to its triples.
_Graphs: TypeAlias = Mapping[str, list[ox.Triple]]

CHECKSUMS = "SHA256SUMS"

_XML_NAME_END = re.compile(r"[^\W\d][\w.\-]*\Z")
_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _turtle(graphs: _Graphs) -> bytes:
    return pretty.turtle(_merged(graphs), vocab.PREFIXES).encode()


def _trig(graphs: _Graphs) -> bytes:
    return pretty.trig(graphs, vocab.PREFIXES).encode()


def _ntriples(graphs: _Graphs) -> bytes:
    return ntriples.dump(_merged(graphs))


def _json_ld(graphs: _Graphs) -> bytes:
    return _serialised(graphs, ox.RdfFormat.JSON_LD)


def _rdf_xml(graphs: _Graphs) -> bytes:
    for triple in _merged(graphs):
        _refuse_unwritable(triple)
    # Oxigraph writes a carriage return as it is, which XML reads as a line feed (XML 1.0, 2.11).
    return _serialised(graphs, ox.RdfFormat.RDF_XML).replace(b"\r", b"&#13;")


#: File extension to what writes it.
FORMATS: Mapping[str, Callable[[_Graphs], bytes]] = {
    "jsonld": _json_ld,
    "nt": _ntriples,
    "rdf": _rdf_xml,
    "trig": _trig,
    "ttl": _turtle,
}


def files(knowledge: KnowledgeBase) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each release file, the checksums last."""
    graphs = {
        vocab.ASSERTED: ntriples.parse(knowledge.asserted),
        vocab.INFERRED: ntriples.parse(knowledge.inferred),
    }
    parts: Mapping[str, _Graphs] = {
        "asserted": {vocab.ASSERTED: graphs[vocab.ASSERTED]},
        "inferred": {vocab.INFERRED: graphs[vocab.INFERRED]},
        "combined": graphs,
    }
    sums = []
    for part, held in sorted(parts.items()):
        for extension, write in FORMATS.items():
            name, content = f"{part}.{extension}", write(held)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
            yield name, content
    yield CHECKSUMS, "".join(sums).encode()


def write(knowledge: KnowledgeBase, out: Path) -> tuple[str, ...]:
    """Write the release files to the directory ``out`` and return their names.

    They are written beside it first and moved into place when all are there: if anything fails,
    what was in ``out`` is as it was. Other files in ``out`` stay. Raises KnowledgeError.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100 - resolve() would follow a link at its end
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as draft:
            names = _draft(knowledge, Path(draft))
            _move(names, Path(draft), out)
            return names
    except OSError as error:
        raise KnowledgeError(
            f"The release cannot be written: {error.strerror or error}.",
            hint="What was there before is untouched.",
            file=out,
        ) from error


def _draft(knowledge: KnowledgeBase, draft: Path) -> tuple[str, ...]:
    names = []
    for name, content in files(knowledge):
        with (draft / name).open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        names.append(name)
    return tuple(names)


def _move(names: tuple[str, ...], draft: Path, out: Path) -> None:
    """Put the files in the place of older ones; undo it all if one cannot be moved."""
    before = draft / "before"
    before.mkdir()
    with ExitStack() as undo:
        if not out.exists():
            out.mkdir()
            undo.callback(out.rmdir)
        for name in names:
            target = out / name
            if target.exists() or target.is_symlink():
                target.replace(before / name)
                undo.callback((before / name).replace, target)
            (draft / name).replace(target)
            undo.callback(target.unlink)
        undo.pop_all()


def _refuse_unwritable(triple: ox.Triple) -> None:
    """Raise KnowledgeError for what RDF/XML has no way to say (RDF/XML, sections 2.12 and 5.3)."""
    if not _XML_NAME_END.search(triple.predicate.value):
        raise KnowledgeError(
            f"RDF/XML cannot write the property {triple.predicate}: it ends in no XML name.",
            hint="End its name in a letter, followed by letters, digits, - or _.",
            offending=triple.predicate.value,
        )
    if isinstance(triple.object, ox.Literal) and _NOT_XML.search(triple.object.value):
        raise KnowledgeError(
            f"RDF/XML cannot write a control character in the text {triple.object}.",
            hint=f"It is the value of {triple.predicate} of {triple.subject}.",
            offending=triple.object.value,
        )


def _merged(graphs: _Graphs) -> list[ox.Triple]:
    return [triple for triples in graphs.values() for triple in triples]


def _serialised(graphs: _Graphs, rdf_format: ox.RdfFormat) -> bytes:
    triples = ntriples.parse(ntriples.dump(_merged(graphs)))  # sorted, so grouped by subject
    text = ox.serialize(triples, format=rdf_format, prefixes=vocab.PREFIXES)
    assert text is not None  # noqa: S101 - None is for a call with an output
    return text
