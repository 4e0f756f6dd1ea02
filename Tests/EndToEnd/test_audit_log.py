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
PROGRAM, CSV_PROGRAM = re.findall(r"```python\n(.*?)```", (ROOT / "Docs" / "AuditChain.md").read_text(), re.DOTALL)


def run(program, file):
    return subprocess.run([sys.executable, "-c", program, file], capture_output=True, text=True)


def check(file, events):
    file.write_text(json.dumps(events))
    return run(PROGRAM, file)


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


def test_a_spreadsheet_is_checked_by_the_program_of_the_documentation(demo, page, tmp_path):
    sign_in(page, demo, "company-a", "ann", AUDIT_LOG)
    file = tmp_path / "export.csv"

    def is_sealed():
        with page.expect_download() as download:
            page.get_by_role("link", name="CSV").click()
        download.value.save_as(file)
        return run(CSV_PROGRAM, file).stdout.startswith("position ")

    eventually(is_sealed, "the first sealed events")
    assert run(CSV_PROGRAM, file).returncode == 0
    lines = file.read_text().splitlines(keepends=True)
    sealed = [line for line in lines[1:] if not line.endswith('"",""\n')]
    lines.remove(sealed[len(sealed) // 2])
    file.write_text("".join(lines))
    missing = run(CSV_PROGRAM, file)
    assert missing.returncode == 1 and "does not follow position" in missing.stderr


def test_days_choose_what_is_shown_and_what_is_none_is_told(demo, page):
    sign_in(page, demo, "company-a", "ann", AUDIT_LOG)
    watch = Watch(page, ARTIFACTS / "screenshots" / "audit-chain")
    page.get_by_label("From").fill("2026-02-30")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_label("From")).to_have_value("2026-02-30")
    expect(page.get_by_text("“2026-02-30” is no day.")).to_be_visible()
    watch.look_everywhere("no-day")
    page.get_by_label("From").fill("2001-01-01")
    page.get_by_label("Until").fill("2001-01-31")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("There is nothing of this kind.")).to_be_visible()
    page.get_by_label("Until").fill("")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(".log > li").first).to_be_visible()


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

    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_text("The log was checked just now.")).to_be_visible()

    # Somebody with the database's own rights makes another person of the one who signed in.
    changed = demo.sql(
        f"UPDATE audit_events SET email = 'eve@company.example' WHERE {this} AND event_id = "
        f"(SELECT min(event_id) FROM audit_links WHERE {this}) RETURNING 1"
    )
    assert changed == "1"
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_text("Somebody other than Portico wrote in this log.")).to_be_visible()
    expect(page.get_by_text("nothing was changed, up to entry")).to_have_count(0)
    if watch:
        watch.look_everywhere("changed")
