"""All saved queries."""

import difflib
from collections.abc import Iterator, Sequence
from pathlib import Path

from mlroles.errors import NotFoundError, SavedQueryError
from mlroles.saved import query
from mlroles.saved.query import AUDIENCES, SavedQuery


class Catalogue:
    """Saved queries in the order of their numbers."""

    def __init__(self, queries: Sequence[SavedQuery]) -> None:
        self._queries = {query.name: query for query in sorted(queries, key=_order)}

    @classmethod
    def read(cls, directory: Path) -> "Catalogue":
        """Return the queries in the ``.rq`` files of ``directory``.

        Raises SavedQueryError, with file and line.
        """
        paths = sorted(directory.glob("*.rq"))
        if not paths:
            raise SavedQueryError("The directory has no saved query.", file=directory)
        queries = [query.read(path) for path in paths]
        numbers: dict[int, Path] = {}
        for path, read in zip(paths, queries, strict=True):
            if read.number in numbers:
                raise SavedQueryError(
                    f"The number {read.number} is also that of {numbers[read.number].name}.",
                    file=path,
                )
            numbers[read.number] = path
        return cls(queries)

    def __iter__(self) -> Iterator[SavedQuery]:
        return iter(self._queries.values())

    def __len__(self) -> int:
        return len(self._queries)

    def __contains__(self, name: object) -> bool:
        return name in self._queries

    def get(self, name: str) -> SavedQuery:
        """Return the query of that name. Raises NotFoundError, with near names."""
        if name not in self._queries:
            near = self.near(name)
            raise NotFoundError(
                f"There is no saved query “{name[:100]}”.",
                hint=f"Did you mean {' or '.join(near)}?"
                if near
                else "Every name is at /queries, and mlroles queries lists them.",
                offending=name,
                extra={"near": near},
            )
        return self._queries[name]

    def near(self, name: str) -> list[str]:
        """Return the names most like one that is none."""
        return difflib.get_close_matches(name[:100], self._queries, n=3, cutoff=0.5)

    def by_audience(self) -> dict[str, tuple[SavedQuery, ...]]:
        """Return the queries for each audience's title; one for several is with the first."""
        return {
            title: found
            for tag, title in AUDIENCES.items()
            if (found := tuple(query for query in self if query.audience[:1] == (tag,)))
        }


def _order(saved: SavedQuery) -> tuple[int, str]:
    return saved.number, saved.name
