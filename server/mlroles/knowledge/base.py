"""The knowledge base: what the Turtle says, what follows from it, and whether it is sound."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache as once
from importlib.metadata import version
from pathlib import Path

from mlroles.errors import KnowledgeError
from mlroles.knowledge import cache, sources


@dataclass(frozen=True)
class KnowledgeBase:
    """Two graphs as canonical sorted N-Triples, and what they were made of.

    ``digest`` is the hexadecimal SHA-256 of the files' contents and of the rules. ``asserted``
    is the ontology and the data; ``inferred`` holds only what is not asserted.
    """

    digest: str
    asserted: bytes
    inferred: bytes
    sources: tuple[Path, ...]


def load(
    data: Sequence[Path] = (),
    *,
    cache_dir: Path,
    progress: Callable[[str], None] | None = None,
    ontology: Path | None = None,
    own_data: Path | None = None,
) -> KnowledgeBase:
    """Return the knowledge base of the ontology, our data and the files and directories ``data``.

    The closure is taken from ``cache_dir`` if it is there, else computed and kept. ``progress``
    is told what is being done. ``ontology`` and ``own_data`` take the place of our directories.
    Raises KnowledgeError, with file and line, if anything is missing, malformed or contradictory.
    """
    examined = examine(
        data, cache_dir=cache_dir, progress=progress, ontology=ontology, own_data=own_data
    )
    if isinstance(examined, KnowledgeBase):
        return examined
    first, *others = examined
    if others:
        first.extra["problems"] = [str(problem) for problem in examined]
        more = f"{len(others)} more problem{'s' if others[1:] else ''}: see mlroles validate."
        first.hint = f"{first.hint} There {'are' if others[1:] else 'is'} {more}".removeprefix(
            "None "
        )
    raise first


def examine(
    data: Sequence[Path] = (),
    *,
    cache_dir: Path,
    progress: Callable[[str], None] | None = None,
    ontology: Path | None = None,
    own_data: Path | None = None,
) -> KnowledgeBase | tuple[KnowledgeError, ...]:
    """Return the knowledge base as ``load`` does, or every problem if there is any.

    Raises KnowledgeError for a file that cannot be found or read.
    """
    found = sources.find(data, ontology=ontology, data=own_data)
    digest = digest_of(source.digest for source in found)
    paths = tuple(source.path for source in found)
    kept = cache.read(cache_dir, digest)
    if kept is not None:
        return KnowledgeBase(digest, *kept, paths)
    from mlroles.knowledge.soundness import derive  # noqa: PLC0415 - a cached start needs no rdflib

    derived = derive(found, progress)
    if derived.problems:
        return derived.problems
    cache.write(cache_dir, digest, derived.asserted, derived.inferred)
    return KnowledgeBase(digest, derived.asserted, derived.inferred, paths)


def digest_of(files: Iterable[str]) -> str:
    """Return the digest of the knowledge base of files that have these digests."""
    parts = [rules(), *sorted(set(files))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@once
def rules() -> str:
    """Return a digest of the code that derives: a closure of other rules is another closure."""
    code = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        code.update(path.read_bytes())
    return f"{code.hexdigest()} owlrl {version('owlrl')}"
