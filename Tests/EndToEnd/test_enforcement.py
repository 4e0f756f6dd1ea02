"""Single sign-on is enforced on the page Access: not before a test has passed, and what that means to members."""

import pytest
from playwright.sync_api import expect

from conftest import ARTIFACTS
from pages import authenticate, authenticate_without_script, enter_company, expect_greeting, go_on_without_script
from test_invitations import add_workspace
from test_passphrase import PASSPHRASE
from test_settings import SETTINGS, SINGLE_SIGN_ON
from watch import Watch

ACCESS = SETTINGS + "/access"
JON = "jon@company.example"


def set_passphrase(page, link):
    page.goto(link)
    page.get_by_label("New passphrase").fill(PASSPHRASE)
    page.get_by_label("The same again").fill(PASSPHRASE)
    page.get_by_role("button", name="Set the passphrase").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your passphrase is set")


def sign_in_with_passphrase(page, demo, company_id):
    page.goto(demo.url("/.portico/sign-in"))
    page.get_by_role("link", name="Sign in with a passphrase").click()
    page.get_by_label("Company ID").fill(company_id)
    page.get_by_label("E-mail address").fill(JON)
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Sign in").click()


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_passphrases_of_members_end_once_a_test_has_passed(demo, new_person, script):
    company_id = "enforced" if script else "enforced-plain"
    add_workspace(demo, company_id)
    demo.portico("workspace", "local-sign-in", company_id, "members")
    demo.portico("member", "invite", company_id, JON, "--role", "LABELER")
    member = new_person(java_script_enabled=script).new_page()
    set_passphrase(member, demo.portico("member", "break-glass", company_id, JON).stdout.splitlines()[0])
    sign_in_with_passphrase(member, demo, company_id)
    expect_greeting(member, JON, company_id, "LABELER")

    page = new_person(java_script_enabled=script).new_page()
    watch = Watch(page, ARTIFACTS / "screenshots" / "enforcement") if script else None
    log_in = authenticate if script else authenticate_without_script
    page.goto(demo.url(ACCESS))
    enter_company(page, company_id)
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
    log_in(page, "ann")
    expect(page.get_by_text("Not enforced")).to_be_visible()
    expect(page.get_by_role("button", name="Enforce single sign-on")).to_have_count(0)
    if watch:
        watch.look_everywhere("access-unconfirmed")
    page.get_by_role("link", name="Confirm who you are").click()
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
    log_in(page, "ann")

    page.get_by_role("button", name="Enforce single sign-on").click()
    expect(page.get_by_role("alert")).to_contain_text("test sign-in")
    if watch:
        # The pages of the identity provider are not ours to judge.
        watch.complaints.clear()
        watch.look_everywhere("access-refused")
    member.reload()
    expect_greeting(member, JON, company_id, "LABELER")

    page.get_by_role("link", name="To single sign-on").click()
    expect(page).to_have_url(demo.url(SINGLE_SIGN_ON))
    page.get_by_role("button", name="Test sign-in").click()
    if not script:
        go_on_without_script(page)
    expect(page.get_by_text("This sign-in would have succeeded.")).to_be_visible()
    page.goto(demo.url(ACCESS))
    page.get_by_role("button", name="Enforce single sign-on").click()
    expect(page.get_by_text("Not enforced")).to_have_count(0)
    expect(page.get_by_text("the owner alone may sign in with a passphrase").first).to_be_visible()
    if watch:
        watch.complaints.clear()
        watch.look_everywhere("access-enforced")

    # The session that the passphrase opened is over, and so is the way in that it was.
    member.goto(demo.url("/"))
    expect(member.get_by_label("Company ID")).to_be_visible()
    sign_in_with_passphrase(member, demo, company_id)
    expect(member.get_by_role("alert")).to_contain_text("That did not let you in")

    if watch:
        look_at_troubles(demo, company_id, page, watch)


def look_at_troubles(demo, company_id, page, watch):
    """Pictures of a workspace with a person locked out, no seat free and a domain that has lapsed."""
    this = f"workspace_id = (SELECT workspace_id FROM workspaces WHERE company_id = '{company_id}')"
    demo.portico("member", "deactivate", company_id, JON)
    # As if Jon had come in by single sign-on before, or he would be invited again and take no seat.
    demo.sql(f"UPDATE memberships SET last_assertion_issued_at = now() WHERE {this} AND email = '{JON}'")
    demo.sql(f"UPDATE workspaces SET seats = 1 WHERE {this}")
    demo.sql(f"UPDATE domains SET lapsed_at = now() WHERE {this}")
    page.goto(demo.url(SETTINGS + "/members"))
    page.get_by_role("link", name=JON).click()
    page.get_by_role("button", name="Reactivate").click()
    expect(page.get_by_role("alert")).to_contain_text("The one seat of the workspace is taken")
    watch.look_everywhere("member-deactivated-no-seat")
    page.goto(demo.url(SETTINGS + "/seats"))
    expect(page.get_by_text("Every seat is taken.")).to_be_visible()
    watch.look_everywhere("seats-full")
    page.goto(demo.url(SETTINGS + "/domains"))
    expect(page.get_by_text("Failed")).to_be_visible()
    watch.look_everywhere("domains-lapsed")
    page.goto(demo.url(SETTINGS))
    watch.look_everywhere("overview-in-trouble")
