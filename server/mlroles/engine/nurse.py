"""A nursery as whoever started it sees it: a process to be waited for, or killed."""

import os
import signal
import time
from typing import Protocol

_PATIENCE = 5.0  # seconds that a nursery may take to end


class Nurse(Protocol):
    """A nursery as a process, whoever its parent is."""

    pid: int

    def kill(self) -> None:
        """Kill it, and wait for it."""

    def wait(self) -> None:
        """Wait for it to end; kill it if it does not in time."""


class Child(Nurse):
    """A nursery that is a child of this process."""

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def kill(self) -> None:
        """Kill it, and wait for it."""
        os.kill(self.pid, signal.SIGKILL)
        self.wait()

    def wait(self) -> None:
        """Wait for it to end; kill it if it does not in time."""
        patience = time.monotonic() + _PATIENCE
        while os.waitpid(self.pid, os.WNOHANG) == (0, 0):
            if time.monotonic() > patience:
                os.kill(self.pid, signal.SIGKILL)
            time.sleep(0.002)
