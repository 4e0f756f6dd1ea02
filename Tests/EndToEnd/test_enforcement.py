"""Single sign-on is enforced on the page Access: not before a test has passed, and what that means to members."""

import pytest
from playwright.sync_api import expect

from conftest import ARTIFACTS
from pages import authenticate, expect_greeting, sign_in
from test_invitations import add_workspace
from test_passphrase import PASSPHRASE
from test_settings import SETTINGS, SINGLE_SIGN_ON, WIDTHS, Watch

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


@pytest.mark.parametrize("width, scheme, script", [("wide", "light", True), ("narrow", "dark", False)])
def test_passphrases_of_members_end_once_a_test_has_passed(demo, new_person, width, scheme, script):
    company_id = f"enforced-{width}"
    add_workspace(demo, company_id)
    demo.portico("workspace", "local-sign-in", company_id, "members")
    demo.portico("member", "invite", company_id, JON, "--role", "LABELER")
    member = new_person(java_script_enabled=script).new_page()
    set_passphrase(member, demo.portico("member", "break-glass", company_id, JON).stdout.splitlines()[0])
    sign_in_with_passphrase(member, demo, company_id)
    expect_greeting(member, JON, company_id, "LABELER")

    # The identity provider's own pages want a script, so who they are is confirmed at another browser in one case.
    administrator = new_person(viewport=WIDTHS[width], color_scheme=scheme).new_page()
    watch = Watch(administrator, ARTIFACTS / "screenshots" / f"enforcement-{width}-{scheme}")
    sign_in(administrator, demo, company_id, "ann", ACCESS)
    expect(administrator.get_by_text("Not enforced")).to_be_visible()
    expect(administrator.get_by_role("button", name="Enforce single sign-on")).to_have_count(0)
    watch.look("access-unconfirmed")
    administrator.get_by_role("link", name="Confirm who you are").click()
    administrator.wait_for_url(demo.state["identity_provider_url"] + "**")
    authenticate(administrator, "ann")
    expect(administrator.get_by_role("button", name="Enforce single sign-on")).to_be_visible()
    # The pages of the identity provider are not ours to judge.
    watch.complaints.clear()
    page = administrator
    if not script:
        page = new_person(viewport=WIDTHS[width], color_scheme=scheme, java_script_enabled=False).new_page()
        page.context.add_cookies(administrator.context.cookies())
        page.goto(demo.url(ACCESS))

    page.get_by_role("button", name="Enforce single sign-on").click()
    expect(page.get_by_role("alert")).to_contain_text("test sign-in")
    if script:
        watch.look("access-refused")
    member.reload()
    expect_greeting(member, JON, company_id, "LABELER")

    page.get_by_role("link", name="To single sign-on").click()
    expect(page).to_have_url(demo.url(SINGLE_SIGN_ON))
    administrator.goto(demo.url(SINGLE_SIGN_ON))
    administrator.get_by_role("button", name="Test sign-in").click()
    expect(administrator.get_by_text("This sign-in would have succeeded.")).to_be_visible()
    page.goto(demo.url(ACCESS))
    page.get_by_role("button", name="Enforce single sign-on").click()
    expect(page.get_by_text("Not enforced")).to_have_count(0)
    expect(page.get_by_text("the owner alone may sign in with a passphrase").first).to_be_visible()
    administrator.goto(demo.url(ACCESS))
    watch.complaints.clear()
    watch.look("access-enforced")

    # The session that the passphrase opened is over, and so is the way in that it was.
    member.goto(demo.url("/"))
    expect(member.get_by_label("Company ID")).to_be_visible()
    sign_in_with_passphrase(member, demo, company_id)
    expect(member.get_by_role("alert")).to_contain_text("That did not let you in")

    look_at_troubles(demo, company_id, administrator, watch)


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
    watch.look("member-deactivated-no-seat")
    page.goto(demo.url(SETTINGS + "/seats"))
    expect(page.get_by_text("Every seat is taken.")).to_be_visible()
    watch.look("seats-full")
    page.goto(demo.url(SETTINGS + "/domains"))
    expect(page.get_by_text("Failed")).to_be_visible()
    watch.look("domains-lapsed")
    page.goto(demo.url(SETTINGS))
    watch.look("overview-in-trouble")
