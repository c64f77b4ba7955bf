"""Which files are read."""

from pathlib import Path

import pytest

from house import House
from mlroles import paths
from mlroles.errors import KnowledgeError
from mlroles.knowledge import sources


def _names(*extra: Path, root: Path) -> list[str]:
    found = sources.find(extra, ontology=root / "ontology", data=root / "data")
    return [str(source.path.relative_to(root)) for source in found]


def test_the_ontology_comes_first_then_its_alignments_then_all_data_without_the_examples(
    tmp_path: Path,
) -> None:
    house = House(tmp_path)
    for name in ("ontology/b.ttl", "ontology/a.ttl", "ontology/alignments/esco.ttl"):
        house.write(name, "")
    house.write("ontology/drafts/next.ttl", "")
    for name in ("data/z.ttl", "data/roles/a.ttl", "data/examples/team.ttl", "data/notes.txt"):
        house.write(name, "")
    assert _names(root=tmp_path) == [
        "ontology/a.ttl",
        "ontology/b.ttl",
        "ontology/alignments/esco.ttl",
        "data/roles/a.ttl",
        "data/z.ttl",
    ]


def test_files_and_directories_given_come_last_and_each_file_comes_once(tmp_path: Path) -> None:
    house = House(tmp_path).furnish()
    team = house.write("data/examples/team.ttl", "")
    more = house.write("more/deep/x.ttl", "").parent.parent
    ours = tmp_path / "data/facts.ttl"
    assert _names(team, more, team, ours, root=tmp_path) == [
        "ontology/small.ttl",
        "data/facts.ttl",
        "data/examples/team.ttl",
        "more/deep/x.ttl",
    ]


def test_hidden_files_of_editors_are_left_alone(tmp_path: Path) -> None:
    house = House(tmp_path).furnish()
    house.write("data/.#facts.ttl", "not Turtle")
    assert _names(root=tmp_path) == ["ontology/small.ttl", "data/facts.ttl"]


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    refusal = House(tmp_path).furnish().refusal(tmp_path / "nowhere.ttl")
    assert refusal.file == tmp_path / "nowhere.ttl"
    assert "no such file" in refusal.detail


def test_an_ontology_needs_no_alignments(tmp_path: Path) -> None:
    House(tmp_path).furnish()
    assert _names(root=tmp_path) == ["ontology/small.ttl", "data/facts.ttl"]


def test_a_missing_ontology_is_named(tmp_path: Path) -> None:
    assert House(tmp_path).refusal().file == tmp_path / "ontology"


def test_a_directory_without_turtle_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    refusal = House(tmp_path).furnish().refusal(tmp_path / "empty")
    assert refusal.file == tmp_path / "empty"
    assert "no Turtle" in refusal.detail


def test_what_is_no_plain_file_is_an_error_and_not_waited_for(tmp_path: Path) -> None:
    loop = tmp_path / "loop.ttl"
    loop.symlink_to(loop)
    with pytest.raises(KnowledgeError):
        sources.find((loop,), ontology=paths.ONTOLOGY, data=paths.DATA)


def test_our_own_files_are_found_by_default() -> None:
    found = [source.path for source in sources.find()]
    assert paths.ONTOLOGY / "mlroles.ttl" in found
    assert paths.ONTOLOGY / "alignments/esco.ttl" in found
    assert paths.DATA / "skills.ttl" in found
    assert not [path for path in found if paths.EXAMPLES in path.parents]
