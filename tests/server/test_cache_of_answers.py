"""The cache: bounded, and the least recently used leaves first."""

import zlib

from hypothesis import given
from hypothesis import strategies as st

from mlroles.serving import encoding
from mlroles.serving.cache import Cache, Content, Entry

#: For ten answers, each with its content.
ROOM = 10 * (Entry([], Content(b""), "").size + Content(b"").size)


def entry(tag: str | int, size: int = 0) -> Entry:
    return Entry([], Content(b" " * size), f"of {tag}")


def test_the_least_recently_used_leaves_first() -> None:
    cache = Cache(ROOM)
    for number in range(10):
        cache.put(number, entry(number))
    assert cache.get(0) is not None
    cache.put(10, entry(10))
    assert cache.get(0) is not None
    assert cache.get(1) is None


def test_what_would_drive_out_all_else_is_not_kept() -> None:
    cache = Cache(ROOM)
    cache.put("small", entry("small"))
    cache.put("large", entry("large", ROOM // 4))
    assert cache.get("large") is None
    assert cache.get("small") is not None


def test_without_room_nothing_is_kept() -> None:
    cache = Cache(0)
    cache.put("small", entry("small"))
    assert cache.get("small") is None


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, ROOM // 8), st.booleans())))
def test_it_never_holds_more_than_it_may(puts: list[tuple[int, int, bool]]) -> None:
    cache = Cache(ROOM)
    held: dict[int, Entry] = {}
    for key, size, compressed in puts:
        held[key] = entry(f"{size}", size)  # the same twice where two ask for it at once
        cache.put(key, held[key])
        if compressed:
            held[key].content.coded("gzip")
            cache.put(key, held[key])
    kept = [one for key in held if (one := cache.get(key)) is not None]
    contents = {id(one.content): one.content.size for one in kept}
    assert sum(contents.values()) + sum(one.size for one in kept) <= cache.held <= ROOM


def test_two_ways_to_ask_for_one_content_hold_it_once() -> None:
    cache = Cache(1 << 20)
    first = entry("it", 100_000)
    cache.put("GET", first)
    cache.put("POST", Entry([], first.content, first.tag))
    assert cache.held < 110_000
    found = cache.content(first.tag)
    assert found is first.content


WEIGHTS = st.sampled_from(["", ";q=0", ";q=0.5", "; q=1", ";q=x"])
NAMES = st.sampled_from(["gzip", "br", "identity", "*", "zstd", "GZIP", ""])


@given(st.lists(st.tuples(NAMES, WEIGHTS)))
def test_no_coding_is_used_that_the_client_does_not_name(members: list[tuple[str, str]]) -> None:
    coding = encoding.choose(",".join(name + weight for name, weight in members))
    named = {name.lower() for name, weight in members if weight not in (";q=0", ";q=x")}
    assert coding == "" or coding in named or "*" in named


def test_a_better_liked_coding_is_used() -> None:
    assert encoding.choose("gzip, deflate, br") == "br"
    assert encoding.choose("gzip;q=1.0, br;q=0.5") == "gzip"
    assert encoding.choose("identity, gzip;q=0.5") == ""
    assert encoding.choose("*") == "br"
    assert encoding.choose("br;q=0, *") == "gzip"


def test_a_stream_can_be_read_as_far_as_it_has_come() -> None:
    compressor = encoding.CODINGS["gzip"]()
    reader = zlib.decompressobj(31)
    assert reader.decompress(compressor.piece(b"first")) == b"first"
    assert reader.decompress(compressor.piece(b" and last", last=True)) == b" and last"
    assert reader.eof
