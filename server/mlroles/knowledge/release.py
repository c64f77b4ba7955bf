"""The release files, and how they are put in the place of earlier ones."""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from mlroles import paths, vocab
from mlroles.errors import KnowledgeError
from mlroles.knowledge import asking, headers, reference, sssom
from mlroles.knowledge.base import KnowledgeBase
from mlroles.knowledge.description import DATASET, File, describe
from mlroles.knowledge.formats import FORMATS, Graphs, nquads
from mlroles.knowledge.parts import parts

CHECKSUMS = "SHA256SUMS"

#: Media types of the files that are in none of the formats, by extension.
_OTHERS = {
    "htaccess": "text/plain",
    "html": "text/html",
    "nq": "application/n-quads",
    "tsv": "text/tab-separated-values",
    "xml": "application/xml",
}


def files(knowledge: KnowledgeBase, ontology: Path | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield the name and content of each release file, the checksums last.

    ``ontology`` is as for ``parts``. Raises KnowledgeError.
    """
    found = parts(knowledge, ontology)
    written = []
    for name, content in _outputs(found):
        written.append(_file(name, content))
        yield name, content
    for name, content in _described(found["combined"], tuple(written)):
        written.append(_file(name, content))
        yield name, content
    yield CHECKSUMS, "".join(f"{file.sha256}  {file.name}\n" for file in written).encode()


def _outputs(found: Mapping[str, Graphs]) -> Iterator[tuple[str, bytes]]:
    """Yield what is in a release but for its description and checksums."""
    for part, graphs in found.items():
        yield from _in_every_format(part, headers.headed(part, graphs))
    yield headers.CATALOG, headers.catalog(found)
    yield "ontology.html", _page(found)
    yield "mappings.sssom.tsv", sssom.table(found["asserted"][vocab.ASSERTED])
    yield "store.nq", nquads(found["combined"])
    yield "w3id.htaccess", paths.REDIRECTS.read_bytes()


def _page(found: Mapping[str, Graphs]) -> bytes:
    files = {f"ontology.{extension}": f"ontology.{extension}" for extension in FORMATS}
    return reference.document(reference.refer(found["combined"]), files).encode()


def _described(graphs: Graphs, written: Sequence[File]) -> Iterator[tuple[str, bytes]]:
    yield from _in_every_format("dataset", {DATASET: describe(asking.over(graphs), written)})


def _in_every_format(stem: str, graphs: Graphs) -> Iterator[tuple[str, bytes]]:
    for extension, format_ in FORMATS.items():
        yield f"{stem}.{extension}", format_.write(graphs)


def _file(name: str, content: bytes) -> File:
    extension = name.rpartition(".")[2]
    media_type = FORMATS[extension].media_type if extension in FORMATS else _OTHERS[extension]
    return File(name, media_type, len(content), hashlib.sha256(content).hexdigest())


def write(knowledge: KnowledgeBase, out: Path, *, ontology: Path | None = None) -> tuple[str, ...]:
    """Write the release files to the directory ``out`` and return their names.

    ``ontology`` is as for ``parts``. They are written beside it first and moved into place when
    all are there: if anything fails, what was in ``out`` is as it was. Other files in ``out``
    stay. Raises KnowledgeError.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100 - resolve() would follow a link at its end
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as draft:
            names = _draft(files(knowledge, ontology), Path(draft))
            _move(names, Path(draft), out)
            return names
    except OSError as error:
        raise KnowledgeError(
            f"The release cannot be written: {error.strerror or error}.",
            hint="What was there before is untouched.",
            file=out,
        ) from error


def _draft(contents: Iterable[tuple[str, bytes]], draft: Path) -> tuple[str, ...]:
    names = []
    for name, content in contents:
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
