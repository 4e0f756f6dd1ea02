"""A server of the measurement: it runs in a folder of its own, on a free port, and is stopped by its process id."""

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import time

from demonstration import descendants, die_with_parent, free_port


class Failure(Exception):
    """Why there is nothing to report."""


class Server:
    """A process that is there within a `with` statement."""

    stop_signal = signal.SIGTERM
    prefix = []
    """The program that starts servers, when it is not the server itself."""

    def __init__(self, folder):
        # Workers that run under another account must be able to enter.
        folder.mkdir(mode=0o755)
        self.folder = folder
        self.port = free_port()
        self.process = None

    def command(self):
        """Writes what the program needs into the folder and returns its command line."""
        raise NotImplementedError

    def environment(self):
        """What the program's environment has beside what this one's has."""
        return {}

    @property
    def pids(self):
        """The process and all below it: what they spend is what the server costs."""
        return [self.process.pid, *descendants(self.process.pid)]

    def __enter__(self):
        self.log = self.folder / "log"
        with open(self.log, "wb") as output:
            self.process = subprocess.Popen(
                [*self.prefix, *map(str, self.command())], stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                cwd=self.folder, env=os.environ | self.environment(), preexec_fn=die_with_parent,
            )
        try:
            self.wait_for_port()
        except BaseException:
            self.__exit__()
            raise
        return self

    def wait_for_port(self):
        for _ in range(600):
            if self.process.poll() is not None:
                output = self.log.read_text(errors="replace")[-2000:]
                raise Failure(f"{self.process.args[0]} ended at its start:\n{output}")
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.1)
        raise Failure(f"{self.process.args[0]} does not listen on port {self.port}")

    def __exit__(self, *_):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def pin(pids, processors):
    """Keeps processes, with all their threads, to some of the processors."""
    for pid in pids:
        for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(ProcessLookupError):
                os.sched_setaffinity(int(task.name), processors)


def processor_seconds(pids):
    """The user and system time of processes, of which each counts all its threads."""
    ticks = 0
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident_bytes(pids):
    """The resident memory of processes."""
    pages = sum(int(pathlib.Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) for pid in pids)
    return pages * os.sysconf("SC_PAGE_SIZE")
