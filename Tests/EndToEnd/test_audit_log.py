"""The audit log as a file, checked by the program that the documentation prints."""

import json
import re
import subprocess
import sys

from demonstration import ROOT, eventually
from pages import sign_in

AUDIT_LOG = "/.portico/settings/audit-log"
PROGRAM = re.search(r"```python\n(.*?)```", (ROOT / "Docs" / "AuditChain.md").read_text(), re.DOTALL).group(1)


def check(file, events):
    file.write_text(json.dumps(events))
    return subprocess.run([sys.executable, "-c", PROGRAM, file], capture_output=True, text=True)


def test_an_export_is_checked_by_the_program_of_the_documentation(demo, page, tmp_path):
    sign_in(page, demo, "company-a", "ann", AUDIT_LOG)
    sealed = []

    def is_sealed():
        with page.expect_download() as download:
            page.get_by_role("link", name="JSON").click()
        sealed[:] = [event for event in json.loads(download.value.path().read_text()) if "hash" in event]
        return sealed

    eventually(is_sealed, "the first sealed events")
    assert check(tmp_path / "export.json", sealed).returncode == 0
    sealed[0]["email"] = "eve@company-a.example"
    changed = check(tmp_path / "changed.json", sealed)
    assert changed.returncode == 1 and f"position {sealed[0]['position']} was changed" in changed.stderr
