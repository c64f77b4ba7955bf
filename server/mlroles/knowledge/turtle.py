"""Parse Turtle, strictly: RDF 1.1 Turtle in UTF-8, every problem with its place and a hint."""

import codecs
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

import pyoxigraph as ox

from mlroles import vocab
from mlroles.errors import KnowledgeError
from mlroles.knowledge import blanks
from mlroles.knowledge.sources import Source

#: Byte order marks and what to call the encoding; the longer ones first.
_MARKS = (
    (codecs.BOM_UTF8, "UTF-8"),
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)

_PLACE = re.compile(r"^Parser error at [^:]*: ")
_PREFIX = re.compile(r"The prefix (.*): has not been declared")

#: What the parser says, and what that usually means.
_HINTS = (
    (r"No scheme found", "An IRI must be whole: https://…, or a prefixed name."),
    (r"Line jumps", 'Text of several lines stands between """ and """.'),
    (r"Unexpected end", "Is the last statement's full stop, bracket or quote missing?"),
    (r"is not a valid (RDF object|predicate)", "Is a full stop or semicolon missing before it?"),
    (r"Invalid UTF-8", "Save the file as UTF-8."),
    (r"Invalid IRI|not a valid IRI|IRI code point", "Percent-encode what an IRI cannot hold."),
)


@dataclass(frozen=True)
class Document:
    """A parsed file. Blank nodes have stable labels, see ``blanks``.

    ``renamed`` maps those labels that another file had already to the ones used here.
    """

    source: Source
    triples: tuple[ox.Triple, ...]
    renamed: Mapping[str, str] = field(default_factory=dict)


def parse(source: Source) -> Document:
    """Return the file's triples in the order of the text. Raises KnowledgeError."""
    _refuse_mark(source)
    try:
        triples = [quad.triple for quad in ox.parse(source.content, ox.RdfFormat.TURTLE)]
    except SyntaxError as error:
        raise _syntax_error(source, error) from error
    _refuse_rdf12(source, triples)
    return Document(source, tuple(blanks.relabel(triples)))


def apart(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield the documents with no blank node label in two: equal content gets equal labels."""
    taken: set[str] = set()
    for document in documents:
        found = {label for triple in document.triples for label in blanks.of(triple)}
        renamed = {label: _free(label, taken) for label in sorted(found & taken)}
        taken |= found | set(renamed.values())
        if not renamed:
            yield document
            continue
        triples = tuple(blanks.rename(document.triples, renamed))
        yield replace(document, triples=triples, renamed=renamed)


def _free(label: str, taken: Container[str]) -> str:
    return next(name for n in count(2) if (name := f"{label}f{n}") not in taken)


def _refuse_mark(source: Source) -> None:
    for mark, encoding in _MARKS:
        if source.content.startswith(mark):
            raise KnowledgeError(
                f"The file starts with a byte order mark ({encoding}).",
                hint="Save it as UTF-8 without a byte order mark.",
                file=source.path,
                line=1,
                column=1,
            )


def _syntax_error(source: Source, error: SyntaxError) -> KnowledgeError:
    message = _PLACE.sub("", error.msg or "it cannot be parsed")
    return KnowledgeError(
        f"This is not Turtle: {message}.",
        hint=_hint(message),
        file=source.path,
        line=error.lineno,
        column=error.offset,
    )


def _hint(message: str) -> str | None:
    undeclared = _PREFIX.search(message)
    if undeclared:
        namespace = vocab.PREFIXES.get(undeclared[1], "https://…")
        return f"Add the line: @prefix {undeclared[1]}: <{namespace}> ."
    return next((hint for pattern, hint in _HINTS if re.search(pattern, message)), None)


def _refuse_rdf12(source: Source, triples: Sequence[ox.Triple]) -> None:
    for triple in triples:
        term = triple.object
        if isinstance(term, ox.Triple) or (isinstance(term, ox.Literal) and term.direction):
            raise KnowledgeError(
                f"The statement about {triple.subject} holds {term}, which RDF 1.1 does not have.",
                hint="Leave out triple terms and base directions (RDF 1.2).",
                file=source.path,
                offending=str(term),
            )
