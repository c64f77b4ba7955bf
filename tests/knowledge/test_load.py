"""The knowledge base as a whole, and the closures kept on disk."""

import hashlib
import logging
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from house import House
from mlroles import paths
from mlroles.knowledge import cache, load

_PYTHON = """
import sys
from pathlib import Path
from mlroles.knowledge import load
root = Path(sys.argv[1])
knowledge = load(cache_dir=Path(sys.argv[2]), ontology=root / "ontology", own_data=root / "data")
sys.stdout.buffer.write(knowledge.digest.encode() + knowledge.asserted + knowledge.inferred)
loaded = [name for name in ("rdflib", "owlrl") if name in sys.modules]
print(",".join(loaded), file=sys.stderr)
"""

_AXIOMS = """
mlr:A a owl:Class ; owl:equivalentClass [ a owl:Class ; owl:intersectionOf ( mlr:Role
  [ a owl:Restriction ; owl:onProperty mlr:likes ; owl:hasValue ex:x ] ) ] .
[] a owl:AllDifferent ; owl:distinctMembers ( ex:a ex:b ex:c ) .
[] a owl:AllDifferent ; owl:distinctMembers ( ex:d ex:e ) .
"""


def _process(root: Path, cache_dir: Path, seed: str, *before: str) -> tuple[bytes, str]:
    ended = subprocess.run(
        [*before, sys.executable, "-c", _PYTHON, str(root), str(cache_dir)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    return ended.stdout, ended.stderr.decode().strip()


def test_the_bytes_do_not_depend_on_the_hash_seed(tmp_path: Path) -> None:
    House(tmp_path).furnish(_AXIOMS, "ex:b owl:sameAs ex:f . [] mlr:likes [ ex:p 1 ] .")
    first, _ = _process(tmp_path, tmp_path / "one", "1")
    second, _ = _process(tmp_path, tmp_path / "two", "2")
    assert first == second


def test_a_second_start_is_fast_and_imports_no_reasoner(tmp_path: Path) -> None:
    House(tmp_path).furnish(_AXIOMS)
    first, imported = _process(tmp_path, tmp_path / "cache", "0")
    assert imported == "rdflib,owlrl"
    second, imported = _process(tmp_path, tmp_path / "cache", "0")
    assert second == first
    assert imported == ""


def test_loading_a_kept_closure_takes_milliseconds(tmp_path: Path) -> None:
    house = House(tmp_path).furnish(_AXIOMS)
    house.load()
    start = time.perf_counter()
    house.load()
    assert time.perf_counter() - start < 0.3


def test_asserted_is_canonical_and_holds_all_that_is_said(tmp_path: Path) -> None:
    knowledge = House(tmp_path).furnish().load()
    lines = knowledge.asserted.splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert b'<http://www.w3.org/2000/01/rdf-schema#label> "engineer"@en .\n' in knowledge.asserted
    assert [path.name for path in knowledge.sources] == ["small.ttl", "facts.ttl"]


def test_the_digest_is_of_the_content_and_not_of_names_or_order(tmp_path: Path) -> None:
    one, two = House(tmp_path / "one").furnish(), House(tmp_path / "two").furnish()
    extra = [two.write(name, f"ex:{name[0]} ex:p 1 .") for name in ("a.ttl", "b.ttl")]
    assert one.load().digest == House(tmp_path / "one").load().digest
    assert one.load(*extra).digest == one.load(*reversed(extra)).digest
    assert one.load(*extra).asserted == one.load(*reversed(extra)).asserted
    assert one.load().digest == two.load().digest != one.load(extra[0]).digest


def test_a_copy_of_a_file_adds_nothing(tmp_path: Path) -> None:
    house = House(tmp_path).furnish(_AXIOMS)
    copy = tmp_path / "copy.ttl"
    copy.write_bytes((tmp_path / "ontology/small.ttl").read_bytes())
    assert house.load(copy).asserted == house.load().asserted


def test_blank_nodes_of_two_files_are_not_confused(tmp_path: Path) -> None:
    house = House(tmp_path).furnish()
    one = house.write("one.ttl", "_:x ex:p 1 .")
    two = house.write("two.ttl", "_:x ex:p 1 . # not the same node\n")
    assert house.load(one, two).asserted.count(b"<https://example.org/p>") == 2


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty", "foreign"])
def test_a_damaged_cache_file_is_noticed_and_computed_again(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    house = House(tmp_path).furnish()
    whole = house.load()
    (path,) = (tmp_path / "cache").glob("*.closure")
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(
        {
            "cut": content[:-100],
            "flipped": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
            "empty": b"",
            "foreign": b"something else",
        }[damage]
    )
    again = house.load()
    assert (again.asserted, again.inferred) == (whole.asserted, whole.inferred)
    assert "damaged" in caplog.text
    assert path.read_bytes() == content


def test_a_cache_that_cannot_be_written_is_told_and_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    house = House(tmp_path).furnish()
    (tmp_path / "cache").write_text("a file where the directory belongs")
    with caplog.at_level(logging.WARNING):
        assert house.load().inferred
    assert "cannot be" in caplog.text
    assert str(tmp_path / "cache") in caplog.text


def test_a_full_disk_leaves_no_half_of_a_cache_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    House(tmp_path).furnish().load()
    assert list((tmp_path / "cache").iterdir()) == []
    assert "No space left" in caplog.text


def test_a_read_only_cache_directory_stops_nothing(tmp_path: Path) -> None:
    House(tmp_path).furnish()
    (tmp_path / "cache").mkdir(mode=0o500)
    as_others = ["setpriv", "--bounding-set=-dac_override"] if os.geteuid() == 0 else []
    content, said = _process(tmp_path, tmp_path / "cache", "0", *as_others)
    assert b"requiredBy" in content
    assert "Permission denied" in said
    assert list((tmp_path / "cache").iterdir()) == []


def test_old_closures_make_room_for_new_ones(tmp_path: Path) -> None:
    for number in range(20):
        digest = hashlib.sha256(bytes([number])).hexdigest()
        cache.write(tmp_path, digest, b"a", b"b")
        os.utime(tmp_path / f"{digest}.closure", (number, number))
    assert len(list(tmp_path.iterdir())) <= 17
    assert cache.read(tmp_path, digest) == (b"a", b"b")


def test_a_closure_that_is_used_stays(tmp_path: Path) -> None:
    cache.write(tmp_path, "used", b"a", b"b")
    for number in range(20):
        cache.write(tmp_path, f"{number}", b"a", b"b")
        assert cache.read(tmp_path, "used") == (b"a", b"b")


def test_unsound_files_are_not_kept(tmp_path: Path) -> None:
    house = House(tmp_path).furnish("mlr:Role owl:disjointWith mlr:Skill .")
    house.refusal(house.write("extra.ttl", "skill:law a mlr:Role ."))
    assert not (tmp_path / "cache").exists()


@pytest.mark.slow
def test_our_own_knowledge_is_sound_with_each_example(tmp_path: Path) -> None:
    examples = sorted(paths.EXAMPLES.glob("*.ttl"))
    assert examples
    knowledge = load(examples, cache_dir=tmp_path)
    assert knowledge.asserted.count(b"\n") > 1000
    assert knowledge.inferred.count(b"\n") > 1000
    assert b"_:" not in knowledge.inferred
