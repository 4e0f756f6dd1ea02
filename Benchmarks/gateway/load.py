"""Loads a contestant with wrk, h2load or a few connections of its own, and reads what the contestant spent meanwhile."""

import dataclasses
import pathlib
import re
import statistics
import subprocess
import tempfile
import time

from connections import get, open_connections, receive
from servers import Failure, processor_seconds

SCRIPTS = pathlib.Path(__file__).resolve().parent
UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


@dataclasses.dataclass(frozen=True)
class Load:
    """What is asked for, and how."""

    path: str = "/kibibyte"
    connections: int = 64
    streams: int = 0
    """Requests at once on each connection of HTTP/2; 0 is HTTP/1.1."""
    rate: int = 0
    """Requests in a second on each connection; 0 is as many as are answered."""
    posts: bool = False
    """Whether each request has a body of one mebibyte."""
    length: int = 0
    """The bytes of an answer so large that bytes are counted instead of answers; 0 otherwise."""


@dataclasses.dataclass
class Result:
    """What one load gave."""

    cpu: float
    """Seconds on a processor for one request."""
    rate: float
    """Requests in a second."""
    p50: float
    """Seconds that half of the requests took at most; 0 where the load does not tell."""
    p99: float
    """Seconds that 99 of 100 requests took at most; 0 where the load does not tell."""


def run(contestant, load, seconds):
    """Loads a contestant; the first time after a moment that is not counted."""
    program = steady if load.rate else h2load if load.streams else transfer if load.length else wrk
    if load not in contestant.rates:
        contestant.rates[load] = program(contestant, load, 1)[1]
    before = processor_seconds(contestant.pids())
    requests, rate, p50, p99 = program(contestant, load, seconds)
    spent = processor_seconds(contestant.pids()) - before
    if requests == 0:
        raise Failure(f"{contestant.name} answered nothing")
    return Result(cpu=spent / requests, rate=rate, p50=p50, p99=p99)


def wrk(contestant, load, seconds):
    command = ["wrk", "-t1", f"-c{load.connections}", f"-d{seconds}s", "--timeout", "20s", "--latency"]
    if load.posts:
        command += ["-s", SCRIPTS / "post.lua"]
    output = finished([*command, "-H", f"Cookie: {contestant.cookie}", contestant.address + load.path])
    if "Non-2xx" in output or "Socket errors" in output:
        raise Failure(f"{contestant.name} did not answer every request with success:\n{output}")
    return (
        int(found(r"(\d+) requests in", output)), float(found(r"Requests/sec:\s+(\S+)", output)),
        duration(found(r"^\s+50%\s+(\S+)", output)), duration(found(r"^\s+99%\s+(\S+)", output)),
    )


def h2load(contestant, load, seconds):
    # So many requests as take that long: when it is given a time instead, it never ends if a connection fails early.
    count = round(contestant.rates.get(load, 2000 / seconds) * seconds)
    command = ["h2load", "-t1", f"-c{load.connections}", f"-m{load.streams}", f"-n{max(count, load.connections)}"]
    output = finished([*command, "-H", f"cookie: {contestant.cookie}", contestant.address + load.path])
    total, succeeded = (int(found(rf"(\d+) {word}[,\n]", output)) for word in ("total", "succeeded"))
    if total != succeeded or "Application protocol: h2" not in output:
        raise Failure(f"{contestant.name} did not answer every request over HTTP/2 with success:\n{output}")
    contestant.rates[load] = float(found(r"([\d.]+) req/s", output))
    return succeeded, contestant.rates[load], 0.0, 0.0


def steady(contestant, load, seconds):
    count = round(load.rate * load.connections * seconds)
    command = ["h2load", "--h1", "-t1", f"-c{load.connections}", f"--rps={load.rate}", f"-n{count}"]
    with tempfile.NamedTemporaryFile(mode="r") as log:
        output = finished([
            *command, f"--log-file={log.name}", "-H", f"cookie: {contestant.cookie}", contestant.address + load.path
        ])
        answers = [line.split("\t") for line in log]
    if len(answers) != count or any(status != "200" for _, status, _ in answers):
        raise Failure(f"{contestant.name} did not answer every request with success:\n{output}")
    times = statistics.quantiles((int(time) / 1e6 for _, _, time in answers), n=100)
    return count, float(found(r"([\d.]+) req/s", output)), times[49], times[98]


def transfer(contestant, load, seconds):
    connections = open_connections(int(contestant.address.rsplit(":", 1)[1]), load.connections)
    start = time.monotonic()
    count = receive(connections, get(contestant, path=load.path), load.length, start + seconds) / load.length
    for connection in connections:
        connection.close()
    return count, count / (time.monotonic() - start), 0.0, 0.0


def finished(command):
    try:
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=120)
    except subprocess.TimeoutExpired as expired:
        raise Failure(f"{command[0]} did not end: {expired.stdout}") from expired
    if done.returncode != 0:
        raise Failure(f"{command[0]} failed: {done.stdout}{done.stderr}")
    return done.stdout


def found(pattern, text):
    match = re.search(pattern, text, re.MULTILINE)
    if match is None:
        raise Failure(f"the load said something unexpected:\n{text}")
    return match.group(1)


def duration(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()
    return float(number) * UNITS[unit]
