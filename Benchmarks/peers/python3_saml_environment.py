"""Where python3-saml is installed, for the benchmarks and for `Scripts/second-opinion`: .build-benchmarks/python."""

import shutil
import subprocess
import sys
from pathlib import Path

ENVIRONMENT = Path(__file__).resolve().parents[2] / ".build-benchmarks" / "python"
PYTHON = ENVIRONMENT / "bin" / "python"
# Both carry libxml2 in their wheels, and must carry the same one.
PACKAGES = ["python3-saml==1.16.0", "lxml==6.1.3", "xmlsec==1.3.17"]


def install():
    """Installs it unless that was done; answers whether it is there."""
    marker = ENVIRONMENT / "installed.txt"
    wanted = "\n".join(PACKAGES)
    if marker.exists() and marker.read_text() == wanted:
        return True
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    print("Installing " + ", ".join(PACKAGES), file=sys.stderr)
    subprocess.run([sys.executable, "-m", "venv", str(ENVIRONMENT)], check=True)
    command = [str(ENVIRONMENT / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", *PACKAGES]
    if subprocess.run(command).returncode != 0:
        return False
    marker.write_text(wanted)
    return True
