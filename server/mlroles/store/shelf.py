"""A directory that holds a dataset on disk: the current one, and the next while it is made.

``current`` is a link to the dataset that counts. Another is made under a name of its own and takes
its place by one rename: whoever is killed in between leaves the old one, and what is half made is
thrown away by the next who makes one. A dataset that a process still reads is kept until it ends.
"""

import contextlib
import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from mlroles.errors import SettingError

_CURRENT, _LOCK, _USED = "current", "lock", "in-use"
_OURS = re.compile(r"current|lock|(dataset|draft|link)-[0-9a-f]+")
#: Where Oxigraph's files are, in a dataset.
TRIPLES = "triples"


class Shelf:
    """The directory at ``path``, made if it is not there.

    Raises SettingError if it cannot be, or holds what is not ours.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            others = sorted(p.name for p in self.path.iterdir() if not _OURS.fullmatch(p.name))
        except OSError as error:
            raise self._wrong(error) from error
        if others:
            raise SettingError(
                f"The store {path} holds other files, such as {others[0]}.",
                hint="Give a new or empty directory.",
            )

    def current(self) -> Path | None:
        """Return the directory of the dataset that counts, None if there is none yet."""
        link = self.path / _CURRENT
        return link.resolve() if link.is_dir() else None

    @contextlib.contextmanager
    def locked(self, waiting: Callable[[], None]) -> Iterator[None]:
        """Keep all others from changing what counts; ``waiting`` is called if one does already."""
        try:
            descriptor = _opened(self.path / _LOCK)
        except OSError as error:
            raise self._wrong(error) from error
        try:
            if not _lock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB):
                waiting()
                _lock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def use(self, dataset: Path) -> int:
        """Keep a dataset from being removed while the descriptor that this returns is open."""
        try:
            descriptor = _opened(dataset / _USED)
        except OSError as error:
            raise self._wrong(error) from error
        _lock(descriptor, fcntl.LOCK_SH)
        return descriptor

    def renew(self, make: Callable[[Path], None]) -> Path:
        """Let ``make`` fill an empty directory, and make that the dataset that counts.

        To be called while it is locked. Raises what ``make`` does, and SettingError.
        """
        self._tidy()
        try:
            draft = self.path / f"draft-{secrets.token_hex(8)}"
            draft.mkdir()
            make(draft)
            (draft / _USED).touch()
            dataset = draft.rename(self.path / draft.name.replace("draft", "dataset"))
            link = self.path / f"link-{secrets.token_hex(8)}"
            link.symlink_to(dataset.name)
            link.replace(self.path / _CURRENT)
            _sync(self.path)
        except OSError as error:
            raise self._wrong(error) from error
        finally:
            self._tidy()
        return dataset

    def _tidy(self) -> None:
        """Remove drafts, and datasets that neither count nor are in use."""
        current = self.current()
        for path in self.path.iterdir():
            if path.name.startswith("link-"):
                path.unlink(missing_ok=True)
            elif path.name.startswith("draft-") or (
                path.name.startswith("dataset-") and path != current and not _used(path)
            ):
                shutil.rmtree(path, ignore_errors=True)

    def _wrong(self, error: OSError) -> SettingError:
        return SettingError(
            f"The store {self.path} cannot be used: {error.strerror or error}.",
            hint="What was there before still is.",
        )


def _opened(path: Path) -> int:
    """Return a descriptor of the file, made if it is not there: who may only read can lock it too."""
    try:
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return os.open(path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _used(dataset: Path) -> bool:
    try:
        descriptor = os.open(dataset / _USED, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        return not _lock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, how: int) -> bool:
    """Return whether the lock was had."""
    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        return False
    return True


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
