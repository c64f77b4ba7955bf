"""A page of HTML taken apart: its anchors, its links, and the text of each term."""

from collections import defaultdict
from html.parser import HTMLParser

_VOID = {"br", "hr", "img", "input", "link", "meta"}


class Written(HTMLParser):
    """What stands in a page. ``faults`` are elements that are not closed where they should be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.ids: list[str] = []
        self.links: list[dict[str, str]] = []
        self.faults: list[str] = []
        self._open: list[tuple[str, str | None]] = []
        self._said: dict[str, list[str]] = defaultdict(list)
        self.feed(text)
        self.close()
        self.faults += [tag for tag, _ in self._open]

    def term(self, anchor: str) -> str:
        """Return the text of a term's entry, with single spaces."""
        return " ".join(" ".join(self._said[anchor]).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what has an id, and what is a link."""
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a":
            self.links.append(found)
        if tag not in _VOID:
            self._open.append((tag, found.get("id") if tag == "article" else None))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave elements of SVG that are closed at once."""

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if not self._open or self._open.pop()[0] != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep the text with the term that it stands in."""
        for _, anchor in self._open:
            if anchor is not None:
                self._said[anchor].append(data)
