"""The audit log as a file, checked by the program that the documentation prints."""

import json
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from conftest import ARTIFACTS
from demonstration import ROOT, eventually
from pages import sign_in
from test_invitations import add_workspace, reload_until
from watch import Watch

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


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_the_page_says_that_nothing_was_changed_or_that_somebody_wrote_in_the_log(demo, new_person, script):
    company_id = "chained" if script else "chained-plain"
    add_workspace(demo, company_id)
    this = f"workspace_id = (SELECT workspace_id FROM workspaces WHERE company_id = '{company_id}')"
    administrator = new_person().new_page()
    sign_in(administrator, demo, company_id, "ann", AUDIT_LOG)
    expect(administrator.get_by_role("heading", level=1)).to_have_text("Audit log")
    page = administrator
    if not script:
        page = new_person(java_script_enabled=False).new_page()
        page.context.add_cookies(administrator.context.cookies())
        page.goto(demo.url(AUDIT_LOG))
    watch = Watch(page, ARTIFACTS / "screenshots" / "audit-chain") if script else None

    def check_now():
        eventually(
            lambda: demo.sql(f"UPDATE audit_chains SET verify_after = now() WHERE {this} RETURNING 1"), "the chain"
        )

    check_now()
    reload_until(page, "nothing was changed, up to entry")
    expect(page.get_by_role("alert")).to_have_count(0)
    if watch:
        watch.look_everywhere("verified")

    # Somebody with the database's own rights makes another person of the one who signed in.
    changed = demo.sql(
        f"UPDATE audit_events SET email = 'eve@company.example' WHERE {this} AND event_id = "
        f"(SELECT min(event_id) FROM audit_links WHERE {this}) RETURNING 1"
    )
    assert changed == "1"
    check_now()
    reload_until(page, "Somebody other than Portico wrote in this log.")
    expect(page.get_by_text("nothing was changed, up to entry")).to_have_count(0)
    if watch:
        watch.look_everywhere("changed")
