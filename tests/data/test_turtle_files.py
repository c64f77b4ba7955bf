"""The Turtle files keep the house's form, so that any reader takes them and any diff is small."""

import re
from pathlib import Path

import pytest

from mlroles import vocab
from reading import DATA_FILES, EXAMPLE_FILES, ROLE_FILES, Facts, iri, local, triples

FILES = [*DATA_FILES, *EXAMPLE_FILES]
_PREFIX = re.compile(r"@prefix ([a-z-]*): <([^>]*)> \.\Z")
_RELATIVE = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*:)[^<>\s]*>")


def _lines(path: Path) -> list[str]:
    return path.read_text("utf-8").splitlines()


def _name(path: Path) -> str:
    return path.name


def test_there_are_files_of_each_sort() -> None:
    assert len(ROLE_FILES) == 14
    assert len(DATA_FILES) > len(ROLE_FILES)
    assert EXAMPLE_FILES


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_says_first_what_it_holds(path: Path) -> None:
    assert _lines(path)[0].startswith("# ")


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_has_one_sorted_prefix_block_at_the_top(path: Path) -> None:
    lines = _lines(path)
    places = [number for number, line in enumerate(lines) if line.startswith("@prefix")]
    assert places
    assert places == list(range(places[0], places[0] + len(places)))
    assert all(not line or line.startswith("#") for line in lines[: places[0]])
    block = lines[places[0] : places[-1] + 1]
    assert block == sorted(block)


@pytest.mark.parametrize("path", DATA_FILES, ids=_name)
def test_the_prefixes_are_the_houses_and_all_are_used(path: Path) -> None:
    text = path.read_text("utf-8")
    for line in text.splitlines():
        if line.startswith("@prefix"):
            match = _PREFIX.match(line)
            assert match is not None
            prefix, namespace = match.groups()
            assert vocab.PREFIXES[prefix] == namespace
            assert len(re.findall(rf"(?<![\w-]){prefix}:", text)) > 1


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_has_no_base_and_no_relative_iri(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"^\s*(@base|BASE|PREFIX)\b", text, re.MULTILINE)
    assert not _RELATIVE.search(text)


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_is_plain_text_that_ends_in_one_line_break(path: Path) -> None:
    content = path.read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert b"\t" not in content
    assert content.endswith(b"\n")
    assert not content.endswith(b"\n\n")
    assert all(line == line.rstrip() for line in _lines(path))


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_file_has_no_blank_node_and_no_triple_twice(path: Path) -> None:
    found = triples(path)
    assert found
    assert not any("_:" in (triple.subject[:2], triple.value[:2]) for triple in found)
    assert len(set(found)) == len(found)


def test_no_two_files_state_the_same() -> None:
    found = Facts(DATA_FILES).triples
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("path", ROLE_FILES, ids=_name)
def test_a_roles_file_is_about_that_role_alone(path: Path) -> None:
    facts = Facts([path])
    assert [local(role) for role in facts.of_class("mlr:Role")] == [path.stem]
    subjects = {triple.subject for triple in facts.triples}
    assert all(
        one == iri(f"role:{path.stem}") or one.startswith(iri(f"stmt:{path.stem}-"))
        for one in subjects
    )


def test_every_role_has_its_own_file(facts: Facts) -> None:
    assert [local(role) for role in facts.of_class("mlr:Role")] == sorted(
        path.stem for path in ROLE_FILES
    )
