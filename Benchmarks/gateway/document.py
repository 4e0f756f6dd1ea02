"""Writes what was measured into Docs/Performance.md, and says on what it was measured."""

import os
import pathlib
import platform
import re
import subprocess
import sys
import time

from demonstration import ROOT
from figures import table

sys.path.insert(0, str(ROOT / "Scripts"))

from document_parts import replace  # noqa: E402

DOCUMENT = ROOT / "Docs" / "Performance.md"
PACKAGES = [
    "nginx", "nginx-light", "haproxy", "apache2", "libapache2-mod-auth-mellon", "caddy", "simplesamlphp", "postgresql",
    "wrk", "nghttp2-client", "valgrind",
]


def aims(sections):
    """The table of the aims and how they are met."""
    rows = [
        [verdict.work, verdict.aim, verdict.figure, verdict.word]
        for section in sections for verdict in section.verdicts
    ]
    return table(["Work", "Aim", "Median (quartiles)", ""], rows)


def part(section):
    """The heading and the table of one measurement."""
    return f"### {section.title}\n\n{table(section.head, section.rows)}"


def machine(packages=PACKAGES):
    """What was measured on, and with which versions."""
    model = re.search(r"^model name\s*:\s*(.+)$", pathlib.Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = platform.freedesktop_os_release()["PRETTY_NAME"]
    swift = re.search(r"Swift version \S+", output(["swift", "--version"]))
    commit = output(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"])
    return (
        f"{time.strftime('%Y-%m-%d', time.gmtime())}, at commit {commit or 'unknown'}: {os.cpu_count()} processors"
        f" ({model[1] if model else platform.machine()}), {memory:.0f} GiB, Linux {platform.release()}, {system},"
        f" {swift[0] if swift else 'Swift'}; " + ", ".join(filter(None, map(package, packages))) + "."
    )


def package(name):
    """A Debian package with its version, nothing where it is not installed."""
    version = output(["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Version}", name]).split()
    return f"{name} {version[1]}" if version[:1] == ["installed"] else None


def output(command):
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    except FileNotFoundError:
        return ""


def write(sections, minutes):
    """Puts everything into the document."""
    replace(DOCUMENT, "machine", machine() + f" The run took {minutes:.0f} minutes.")
    replace(DOCUMENT, "aims", aims(sections))
    replace(DOCUMENT, "measurements", "\n\n".join(map(part, sections)))
