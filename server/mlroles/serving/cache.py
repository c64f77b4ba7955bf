"""Whole answers kept in memory: bounded in bytes, the least recently used leave first."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field

from mlroles.serving.asgi import Headers
from mlroles.serving.encoding import compress

#: The part of the cache that one answer may take up, and what an entry takes beside its bodies.
_SHARE = 8
_OVERHEAD = 2048


@dataclass
class Entry:
    """A whole answer with the status 200. ``tag`` tells its content from any other's.

    ``headers`` are those of the content as it is; ``encoded`` is the body by content coding.
    """

    headers: Headers
    body: bytes
    tag: str
    encoded: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The bytes of memory that it takes up, about."""
        return len(self.body) + sum(map(len, self.encoded.values())) + _OVERHEAD

    def content(self, coding: str) -> bytes:
        """Return the body in a content coding, which is made once; as it is for none."""
        if not coding:
            return self.body
        if coding not in self.encoded:
            self.encoded[coding] = compress(coding, self.body)
        return self.encoded[coding]


class Cache:
    """Entries by key, some ``size`` bytes of them; for one thread."""

    def __init__(self, size: int) -> None:
        self._most = size
        self._held = 0
        self._entries: OrderedDict[Hashable, tuple[Entry, int]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def share(self) -> int:
        """How many bytes a body may have to be kept."""
        return self._most // _SHARE

    def get(self, key: Hashable) -> Entry | None:
        """Return the entry of a key, if it is here."""
        found = self._entries.get(key)
        if found is None:
            return None
        self._entries.move_to_end(key)
        return found[0]

    def put(self, key: Hashable, entry: Entry) -> None:
        """Keep an entry, or weigh it again; not if it is larger than its share."""
        if key in self._entries:
            self._held -= self._entries.pop(key)[1]
        size = entry.size
        if size > self.share:
            return
        self._entries[key] = entry, size
        self._held += size
        while self._held > self._most:
            _, (_, least) = self._entries.popitem(last=False)
            self._held -= least
