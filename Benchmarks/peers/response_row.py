"""The check of one sign-in's SAML Response: Portico, xmlsec1, lasso and python3-saml.

All read the same Response of about four kilobytes, signed with RSA of 2048 bits, and take turns, so that a busy machine
is busy for all of them. xmlsec1 verifies the signature and reads the signed bytes again, and checks nothing else. The floor is one RSA verification in OpenSSL: nobody who checks the signature can be below it.
Then as many threads as there are processors check at once, in turns with one thread alone: whether the work scales. At last the resident
memory before and after more checks, as many of a changed Response among them.

The programs are built in .build, python3-saml is installed in .build-benchmarks, and both are left there.
"""

import json
import os
import subprocess
import sys

from demonstration import ROOT
from figures import Aim, Section, Verdict, figure, number, ratios
import python3_saml_environment
from servers import Failure
import xmlsec_program

PEERS = ROOT / "Benchmarks" / "peers"
FLOOR = "OpenSSL, one RSA verification"
XMLSEC = "xmlsec1, the signature alone"


class ResponseCheck:
    """The measurement."""

    name = "response-check"

    def run(self, field, pace, tell):
        with field.everywhere_allowed():
            return self.measured(field.new_folder(), pace, tell)

    def measured(self, folder, pace, tell):
        portico = build()
        folder.mkdir()
        output([portico, "prepare", folder])
        checks, rounds = pace.amount(500), pace.rounds(5)
        contestants = {"Portico": [portico, "measure", folder, checks]} | peers(folder, checks)
        times = {name: [] for name in [*contestants, FLOOR]}
        threads = os.cpu_count() or 1
        alone, together = [], []
        for turn in range(rounds):
            for name, command in contestants.items():
                tell(f"{self.name}: round {turn + 1}, {name}")
                times[name].append(float(output(command)))
            times[FLOOR].append(rsa_verification())
            one, all_of_them = map(float, output([portico, "scale", folder, checks, threads]).split())
            alone.append(one)
            together.append(all_of_them)
        tell(f"{self.name}: memory")
        before, after = map(int, output([portico, "memory", folder, pace.amount(20_000)]).split())
        length = json.loads((folder / "exchange.json").read_text())["messageLength"]
        return self.section(length, times, (threads, alone, together), after - before)

    def section(self, length, times, scale, grown):
        rows = [
            [name, f"{figure(values)} µs", number(ratios(values, times["Portico"]).median)]
            for name, values in times.items()
        ]
        threads, alone, together = scale
        shared = ratios(together, alone)
        rows.append([f"Portico, {threads} threads at once", f"{figure(together)} µs", f"{shared} of one alone"])
        rows.append(["Portico, memory after as many checks and refusals more", f"{grown} KiB", ""])
        work = "check of a response"
        verdicts = [
            Verdict(work, Aim("µs of CPU", 250), figure(times["Portico"])),
            # 250 µs where xmlsec1 takes 550: the same aim on a machine that is slower or busier than others.
            Verdict(work, Aim("CPU to xmlsec1", 0.45), ratios(times["Portico"], times[XMLSEC])),
            Verdict(f"{work}, {threads} threads at once", Aim("CPU to one thread alone", 1.15), shared),
            # What the allocator may keep more or less of without any leak: half a byte a check in a million.
            Verdict(f"{work}, memory", Aim("KiB more", 512), figure([grown])),
        ]
        title = f"The check of a Response of {length:,} bytes, its assertion signed with RSA-2048"
        return Section(self.name, title, ["", "CPU of a check (quartiles)", "To Portico"], rows, verdicts)


def build():
    """Builds the Swift side and answers the path of the program."""
    command = [ROOT / "Scripts" / "build-release", "ResponseCheckBenchmark"]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def peers(folder, checks):
    """The commands of the other contestants, those of them that are installed."""
    commands = {XMLSEC: [xmlsec_program.build(), *xmlsec_program.arguments(folder), checks]}
    lasso = ["/usr/bin/python3", PEERS / "lasso_login.py", folder, checks]
    if subprocess.run(["/usr/bin/python3", "-c", "import lasso"], capture_output=True).returncode == 0:
        commands["lasso"] = lasso
    else:
        print("lasso is left out: Debian's package python3-lasso is not installed.", file=sys.stderr)
    if python3_saml_environment.install():
        # It is many times slower: fewer checks are enough.
        program = [python3_saml_environment.PYTHON, PEERS / "python3_saml.py", folder, max(10, checks // 10)]
        commands["python3-saml"] = program
        commands["python3-saml, no XML Schema"] = [*program, "without-schema"]
    else:
        print("python3-saml is left out: pip cannot install it.", file=sys.stderr)
    return commands


def rsa_verification():
    """The microseconds of CPU of one RSA verification, from the line `+F2:…:signatures/s:verifications/s`."""
    lines = output(["openssl", "speed", "-mr", "-seconds", "1", "rsa2048"]).splitlines()
    fields = next(line for line in lines if line.startswith("+F2:")).split(":")
    return 1e6 / float(fields[-1])


def output(command):
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
    command = list(map(str, command))
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        raise Failure(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout.strip()
