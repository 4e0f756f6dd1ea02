"""Runs wrk against a contestant and reads what the contestant spent meanwhile."""

import dataclasses
import os
import re
import subprocess

from servers import Failure

UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0}


@dataclasses.dataclass
class Result:
    """What one load gave."""

    cpu_per_request: float
    """Seconds on a processor for one request."""
    p50: float
    """Seconds that half of the requests took at most."""
    p99: float
    """Seconds that 99 of 100 requests took at most."""
    requests_per_second: float


def processor_seconds(pids):
    """The user and system time of processes, of which each counts all its threads."""
    ticks = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def run(contestant, connections, seconds):
    """Loads a contestant, after a second that is not counted."""
    wrk(contestant, connections, 1)
    before = processor_seconds(contestant.pids())
    output = wrk(contestant, connections, seconds)
    spent = processor_seconds(contestant.pids()) - before
    requests = int(found(r"(\d+) requests in", output))
    if "Non-2xx" in output or "Socket errors" in output or requests == 0:
        raise Failure(f"{contestant.name} did not answer every request with success:\n{output}")
    return Result(
        cpu_per_request=spent / requests,
        p50=duration(found(r"^\s+50%\s+(\S+)", output)),
        p99=duration(found(r"^\s+99%\s+(\S+)", output)),
        requests_per_second=float(found(r"Requests/sec:\s+(\S+)", output)),
    )


def wrk(contestant, connections, seconds):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"]
    command += ["-H", f"Cookie: {contestant.cookie}", contestant.url]
    finished = subprocess.run(command, capture_output=True, text=True, check=False)
    if finished.returncode != 0:
        raise Failure(f"wrk failed: {finished.stdout}{finished.stderr}")
    return finished.stdout


def found(pattern, text):
    match = re.search(pattern, text, re.MULTILINE)
    if match is None:
        raise Failure(f"wrk said something unexpected:\n{text}")
    return match.group(1)


def duration(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * UNITS[unit]
