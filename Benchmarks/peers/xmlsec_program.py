"""Builds xmlsec_verify.c, the contestant of xmlsec1, into .build-benchmarks."""

import json
import shlex
import subprocess
from pathlib import Path

PEERS = Path(__file__).resolve().parent
PROGRAM = PEERS.parents[1] / ".build-benchmarks" / "xmlsec_verify"


def build():
    """Compiles it with the libraries that Portico links, and answers where it is."""
    flags = ["pkg-config", "--cflags", "--libs", "xmlsec1-openssl", "libxml-2.0", "libcrypto"]
    libraries = subprocess.run(flags, check=True, stdout=subprocess.PIPE, text=True).stdout
    PROGRAM.parent.mkdir(exist_ok=True)
    source = PEERS / "xmlsec_verify.c"
    subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", PROGRAM, source, *shlex.split(libraries)], check=True)
    return PROGRAM


def arguments(folder):
    """What it reads, each in a file of its own: the Response, its changed copy, and the certificate."""
    exchange = json.loads((folder / "exchange.json").read_text())
    files = []
    for part in ["response", "tamperedResponse", "certificate"]:
        files.append(folder / part)
        files[-1].write_text(exchange[part])
    return files
