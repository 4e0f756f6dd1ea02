"""What the contestants in Python have in common: how they are called and how they are timed.

A contestant is called with a folder and a number of checks, and prints the microseconds of CPU that one check took.
"""

import json
import sys
import time
from pathlib import Path


class Refused(Exception):
    """The contestant did not accept the Response."""


def run(make_check):
    """Times a contestant.

    `make_check(exchange)` prepares whatever a server would keep between sign-ins, and answers a function that checks the
    value of the form field `SAMLResponse`: it returns when the Response is accepted and raises `Refused` otherwise.
    """
    folder, checks = Path(sys.argv[1]), int(sys.argv[2])
    exchange = json.loads((folder / "exchange.json").read_text())
    check = make_check(exchange)

    try:
        check(exchange["tamperedResponse"])
    except Refused:
        pass
    else:
        sys.exit("A Response that was changed after signing was accepted: this would be no comparison.")

    response = exchange["response"]
    for _ in range(checks // 10 + 1):
        check(response)
    start = time.process_time_ns()
    for _ in range(checks):
        check(response)
    print((time.process_time_ns() - start) / 1000 / checks)
