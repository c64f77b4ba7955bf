"""A directory that holds the dataset that counts, and is never without one once it has one."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from mlroles.errors import SettingError
from mlroles.store.shelf import Shelf


def writing(text: str) -> Callable[[Path], None]:
    def make(draft: Path) -> None:
        (draft / "content").write_text(text)

    return make


def breaking(draft: Path) -> None:
    (draft / "half").write_text("half of it")
    raise InterruptedError


def content(shelf: Shelf) -> str:
    current = shelf.current()
    assert current is not None
    return (current / "content").read_text()


def datasets(shelf: Shelf) -> int:
    return sum(path.name.startswith("dataset-") for path in shelf.path.iterdir())


def drafts(shelf: Shelf) -> int:
    return sum(path.name.startswith(("draft-", "link-")) for path in shelf.path.iterdir())


def test_a_new_dataset_takes_the_place_of_the_old(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "a" / "store")
    assert shelf.current() is None
    for text in ("one", "two", "three"):
        assert shelf.renew(writing(text)) == shelf.current()
        assert content(Shelf(shelf.path)) == text
        assert datasets(shelf) == 1
    assert drafts(shelf) == 0


def test_what_breaks_off_leaves_the_old_one(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.renew(writing("old"))
    with pytest.raises(SettingError):
        shelf.renew(breaking)
    assert content(shelf) == "old"
    assert drafts(shelf) == 0


def test_what_was_killed_is_thrown_away_by_the_next(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.renew(writing("old"))
    pid = os.fork()
    if not pid:
        shelf.renew(lambda _: os._exit(1))
    os.waitpid(pid, 0)
    assert drafts(shelf) == 1
    assert content(Shelf(tmp_path)) == "old"
    shelf.renew(writing("new"))
    assert (drafts(shelf), datasets(shelf)) == (0, 1)


def test_a_dataset_stays_while_somebody_reads_it(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    old = shelf.renew(writing("old"))
    held = shelf.use(old)
    shelf.renew(writing("new"))
    assert (old / "content").read_text() == "old"
    assert content(shelf) == "new"
    os.close(held)
    shelf.renew(writing("newer"))
    assert not old.exists()


def test_only_one_changes_it_at_a_time(tmp_path: Path) -> None:
    shelf, waited = Shelf(tmp_path), []
    with shelf.locked(lambda: waited.append(1)):
        assert not waited
        pid = os.fork()
        if not pid:
            with shelf.locked(lambda: os._exit(7)):
                os._exit(0)
        assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 7


def test_a_directory_of_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")
    with pytest.raises(SettingError, match=r"other files, such as thesis\.tex"):
        Shelf(tmp_path)
    with pytest.raises(SettingError, match="cannot be used"):
        Shelf(tmp_path / "thesis.tex")
