"""Whole answers kept in memory: bounded in bytes, the least recently used leave first."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from mlroles.serving.asgi import Headers
from mlroles.serving.encoding import compress

#: The part of the cache that one answer may take up, and what an entry takes beside its bodies.
_SHARE = 8
_OVERHEAD = 2048


@dataclass
class Content:
    """A body; ``encoded`` is the same by content coding."""

    body: bytes
    encoded: dict[str, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """The bytes of memory that it takes up, about."""
        return len(self.body) + sum(map(len, self.encoded.values())) + _OVERHEAD

    def coded(self, coding: str) -> bytes:
        """Return the body in a content coding, which is made once; as it is for none."""
        if not coding:
            return self.body
        if coding not in self.encoded:
            self.encoded[coding] = compress(coding, self.body)
        return self.encoded[coding]


@dataclass
class Entry:
    """A whole answer with the status 200: what one way of asking for a content is given.

    ``tag`` tells the content from any other; ``headers`` are those of the content as it is.
    """

    headers: Headers
    content: Content
    tag: str

    @property
    def size(self) -> int:
        """The bytes of memory that it takes up beside the content, about."""
        return _OVERHEAD


class Cache:
    """Entries by what was asked, contents by their tags, some ``size`` bytes of them.

    A content is never older than an entry that has it, so that it leaves after them. For one
    thread, but for :meth:`content`.
    """

    def __init__(self, size: int) -> None:
        self._most = size
        self._held = 0
        self._kept: OrderedDict[Hashable, tuple[Entry | Content, int]] = OrderedDict()

    @property
    def held(self) -> int:
        """How many bytes are held."""
        return self._held

    @property
    def share(self) -> int:
        """How many bytes a body may have to be kept."""
        return self._most // _SHARE

    def get(self, key: Hashable) -> Entry | None:
        """Return the entry of a key, if it is here with its content."""
        found = self._kept.get(key)
        if found is None:
            return None
        entry = found[0]
        if not isinstance(entry, Entry) or entry.tag not in self._kept:
            return None
        self._kept.move_to_end(key)
        self._kept.move_to_end(entry.tag)
        return entry

    def content(self, tag: str) -> Content | None:
        """Return the content of a tag, if it is here. Any thread may ask."""
        found = self._kept.get(tag)
        return found[0] if found is not None and isinstance(found[0], Content) else None

    def put(self, key: Hashable, entry: Entry) -> None:
        """Keep an entry, or weigh it again; not if its content is larger than its share."""
        if entry.content.size > self.share:
            self._drop(entry.tag)
            return
        held = self.content(entry.tag)
        if held is not None:  # it may have been made twice, at the same time
            entry = replace(entry, content=held)
        self._put(key, entry)
        self._put(entry.tag, entry.content)
        while self._held > self._most:
            _, (_, least) = self._kept.popitem(last=False)
            self._held -= least

    def _put(self, key: Hashable, it: Entry | Content) -> None:
        self._drop(key)
        self._kept[key] = it, it.size
        self._held += it.size

    def _drop(self, key: Hashable) -> None:
        found = self._kept.pop(key, None)
        if found is not None:
            self._held -= found[1]
