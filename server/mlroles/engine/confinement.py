"""What a worker over a store on disk may do: read that directory's files, and nothing else.

A store in memory needs no descriptor, and its workers may open none at all. One on disk opens its
files when it needs them; so Landlock lets a worker read below one directory and change nothing
anywhere, and a seccomp filter lets it make no socket. Both are the kernel's, need no privilege,
and cannot be taken back (Linux: userspace-api/landlock.rst, seccomp_filter.rst).
"""

import ctypes
import os
import platform
import struct
from pathlib import Path
from typing import NamedTuple

from mlroles.errors import SettingError


class _Machine(NamedTuple):
    """How seccomp knows an architecture, and its numbers of the calls that are refused."""

    audit: int
    #: socket, socketpair, and io_uring_setup, which could make a socket as well.
    refused: tuple[int, ...]
    #: From here on numbers are of another calling convention; None if there is none.
    foreign: int | None = None


_MACHINES = {
    "x86_64": _Machine(0xC000003E, (41, 53, 425), 0x40000000),
    "aarch64": _Machine(0xC00000B7, (198, 199, 425)),
}

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION, _PATH_BENEATH = 1, 1
_READ_FILE, _READ_DIRECTORY = 1 << 2, 1 << 3
#: How many rights to files each version of Landlock knows, from the first.
_RIGHTS = (13, 14, 15, 15, 16)

# Classic BPF: load a word, jump if equal, jump if greater or equal, return.
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4  # places in seccomp's data
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # go on; fail with EPERM


def require() -> None:
    """Raise SettingError where the kernel cannot confine a process like this."""
    missing = []
    if _libc().syscall(_CREATE_RULESET, None, 0, _VERSION) < 1:
        missing.append("Landlock (Linux 5.13)")
    if platform.machine() not in _MACHINES or not Path("/proc/sys/kernel/seccomp").is_dir():
        missing.append(f"seccomp on {platform.machine()}")
    if missing:
        raise SettingError(
            f"A store on disk needs {' and '.join(missing)}, which this system does not offer.",
            hint="Leave the setting store out: the data is then held in memory.",
        )


def confine(directory: Path) -> None:
    """Let the calling thread read what is below ``directory``, open nothing else, and no socket.

    Threads that it starts are bound as well; descriptors that are open stay so. Raises OSError.
    """
    _call(_libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _allow_reading(directory)
    _refuse_sockets()


def _allow_reading(directory: Path) -> None:
    libc = _libc()
    version = _call(libc.syscall(_CREATE_RULESET, None, 0, _VERSION))
    rights = (1 << _RIGHTS[min(version, len(_RIGHTS)) - 1]) - 1
    handled = struct.pack("=Q", rights)
    ruleset = _call(libc.syscall(_CREATE_RULESET, handled, len(handled), 0))
    beneath = os.open(directory, os.O_PATH | os.O_CLOEXEC)
    try:
        rule = struct.pack("=Qi", _READ_FILE | _READ_DIRECTORY, beneath)
        _call(libc.syscall(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0))
        _call(libc.syscall(_RESTRICT_SELF, ruleset, 0))
    finally:
        os.close(beneath)
        os.close(ruleset)


def _refuse_sockets() -> None:
    program = _program(_MACHINES[platform.machine()])
    code = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog: the number of instructions, and where they are.
    filter_ = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    _call(_libc().prctl(_SET_SECCOMP, _FILTER, filter_, 0, 0))


def _program(machine: _Machine) -> bytes:
    """Return the filter: a foreign convention and the refused numbers fail, the rest goes on."""
    tests = [(_EQUAL, number) for number in machine.refused]
    if machine.foreign is not None:
        tests.append((_AT_LEAST, machine.foreign))
    refuse = len(tests) + 1
    steps = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_EQUAL, 0, refuse + 1, machine.audit),
        (_LOAD, 0, 0, _NUMBER),
        *((test, refuse - 1 - place, 0, value) for place, (test, value) in enumerate(tests)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(result: int) -> int:
    """Return what a system call returned. Raises OSError if it failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
