"""Instructions in user space for a request, as valgrind counts them: they hardly depend on the machine or its load.

What the kernel does for the request is not among them.
"""

import contextlib
import os
import re
import shutil
import subprocess

from connections import exchange, get, is_kibibyte, open_connections
from figures import Section, number

NAME = "instructions"
CONTESTANTS = ["nginx, one process", "Portico"]
# A program under valgrind is some fifty times slower.
CONNECTIONS, WARM, COUNTED = 8, 80, 800


class Instructions:
    """The measurement."""

    name = NAME

    def run(self, field, pace, tell):
        if shutil.which("valgrind") is None:
            return Section(NAME, "Instructions: valgrind is not installed", [""], [], [])
        counts = {}
        for name in CONTESTANTS:
            tell(f"{NAME}: {name}")
            folder = field.new_folder()
            folder.mkdir()
            with field.under(valgrind(folder)), field.fresh(name) as contestant:
                counts[name] = counted(contestant, folder, pace.amount(COUNTED))
        base = counts[CONTESTANTS[0]]
        rows = [[name, number(count / 1e3), number(count / base)] for name, count in counts.items()]
        title = "Instructions in user space for a GET of 1 KiB, by callgrind"
        return Section(NAME, title, ["", "Thousand instructions", "Ratio"], rows, [])


def valgrind(folder):
    """The start of a command line; counting begins when it is told to."""
    options = ["--tool=callgrind", "--instr-atstart=no", "--error-limit=no", f"--callgrind-out-file={folder}/out"]
    return ["valgrind", "--quiet", *options]


def counted(contestant, folder, count):
    """The instructions of one request."""
    pid = contestant.pids()[0]
    connections = open_connections(int(contestant.address.rsplit(":", 1)[1]), CONNECTIONS)
    control("--instr=on", pid)
    exchange(connections, iter([get(contestant)] * WARM), is_kibibyte)
    control("--zero", pid)
    exchange(connections, iter([get(contestant)] * count), is_kibibyte)
    control("--dump", pid)
    for connection in connections:
        connection.close()
    dumps = [dump.read_text() for dump in folder.glob("out.*")]
    return sum(int(re.search(r"^(?:summary|totals): (\d+)", dump, re.MULTILINE)[1]) for dump in dumps) / count


def control(option, pid):
    subprocess.run(["callgrind_control", option, str(pid)], check=True, capture_output=True)
