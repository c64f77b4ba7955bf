"""Which files the knowledge base is made of, and their bytes."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mlroles import paths
from mlroles.errors import KnowledgeError


@dataclass(frozen=True)
class Source:
    """One Turtle file as it was read: nothing reads it from disk a second time."""

    path: Path
    content: bytes
    digest: str


def find(
    extra: Sequence[Path] = (), *, ontology: Path | None = None, data: Path | None = None
) -> tuple[Source, ...]:
    """Return the files of :func:`files`, read. Raises KnowledgeError for what cannot be read."""
    return tuple(read(path) for path in files(extra, ontology=ontology, data=data))


def files(
    extra: Sequence[Path] = (), *, ontology: Path | None = None, data: Path | None = None
) -> tuple[Path, ...]:
    """Return the ontology's files, its alignments, the data (no ``examples``), and the ``extra``.

    A directory counts with all below it, but the ontology's only itself and its ``alignments``,
    if it has any; the shapes are left out. ``ontology`` and ``data`` are directories, by default those of
    ``mlroles.paths``. Each file comes once, however often it is given. Raises KnowledgeError for
    what is not there.
    """
    ontology = paths.ONTOLOGY if ontology is None else ontology
    data = paths.DATA if data is None else data
    alignments, examples = ontology / "alignments", data / "examples"
    found = [
        *(path for path in _turtle_files(ontology, "*.ttl") if path.name != paths.SHAPES.name),
        *(_turtle_files(alignments) if alignments.is_dir() else ()),
        *(path for path in _turtle_files(data) if examples not in path.parents),
        *(path for given in extra for path in _turtle_files(given)),
    ]
    once: dict[Path, Path] = {}
    for path in found:
        once.setdefault(_resolved(path), path)
    return tuple(once.values())


def _turtle_files(given: Path, pattern: str = "**/*.ttl") -> Iterator[Path]:
    if not given.exists():
        raise KnowledgeError(
            "There is no such file or directory.",
            hint="Give a Turtle file, or a directory that holds some.",
            file=given,
        )
    if not given.is_dir():
        yield given
        return
    found = sorted(path for path in given.glob(pattern) if path.is_file() and path.name[0] != ".")
    if not found:
        raise KnowledgeError("The directory holds no Turtle file (*.ttl).", file=given)
    yield from found


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError) as error:
        raise _unreadable(path, str(error)) from error


def read(path: Path) -> Source:
    """Return the file with its content. Raises KnowledgeError if it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    return Source(path, content, hashlib.sha256(content).hexdigest())


def digest(path: Path) -> str:
    """Return the digest that :func:`read` gives a file, which need not fit into memory."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error


def _unreadable(path: Path, reason: str) -> KnowledgeError:
    return KnowledgeError(f"The file cannot be read: {reason}.", file=path)
