"""The settings in a browser: with and without script, wide and narrow, light and dark, and checked by axe-core."""

import urllib.request

import pytest
from playwright.sync_api import expect

from conftest import ARTIFACTS
from https_address import HTTPSAddress
from pages import authenticate, enter_company, expect_greeting, expect_refusal, sign_in
from watch import WIDTHS, Watch

SETTINGS = "/.portico/settings"
SINGLE_SIGN_ON = "/.portico/settings/single-sign-on"
SIGN_IN_LOG = "/.portico/settings/sign-in-log"
AUDIT_LOG = "/.portico/settings/audit-log"


def metadata(demo):
    """The address of the identity provider's metadata."""
    return demo.state["identity_provider_url"] + "saml2/idp/metadata.php"


def add_workspace(demo, company_id, name, *options):
    """A workspace that nobody has set up, with a domain; gives the address that opens its settings."""
    demo.portico("workspace", "create", company_id, "--name", name, *options)
    demo.portico("domain", "claim", company_id, "company.example", "--operator-override")
    return demo.portico("setup-link", company_id).stdout.splitlines()[0]


def test_every_page_fits_and_axe_finds_nothing(demo, new_person):
    page = new_person().new_page()
    watch = Watch(page, ARTIFACTS / "screenshots" / "settings")

    link = add_workspace(demo, "new", "Acme Research")
    page.goto(link)
    watch.look_everywhere("setup-link")
    page.get_by_role("button", name="Open the settings").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Acme Research")
    watch.look_everywhere("overview-new")
    page.get_by_role("link", name="Single sign-on", exact=True).click()
    watch.look_everywhere("single-sign-on-new")
    page.get_by_label("Identity provider sign-in URL").fill("http://idp.example/sso")
    page.get_by_label("Public certificate").fill("hello")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved")
    watch.look_everywhere("single-sign-on-problems")
    with HTTPSAddress(metadata(demo)) as address:
        page.get_by_label("Metadata URL").fill(address.url)
        page.get_by_role("button", name="Read the metadata").click()
        expect(page.get_by_text("The metadata was read.")).to_be_visible()
        watch.look_everywhere("single-sign-on-preview")
        page.get_by_role("button", name="Save", exact=True).click()
        expect(page.get_by_text("Saved.")).to_be_visible()
    watch.look_everywhere("single-sign-on-saved")
    page.get_by_role("button", name="Leave the settings").click()
    watch.look_everywhere("setup-left")
    page.goto(link)
    watch.look_everywhere("setup-link-used")

    sign_in(page, demo, "company-a", "ann")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    page.goto(demo.url(SETTINGS))
    watch.look_everywhere("overview")
    page.goto(demo.url(SINGLE_SIGN_ON))
    for summary in page.locator("summary").all():
        summary.click()
    watch.look_everywhere("single-sign-on")
    page.goto(demo.url(AUDIT_LOG))
    watch.look_everywhere("audit-log")

    # Somebody without a role is refused, and the id on their page finds out why.
    other = new_person().new_page()
    other.goto(demo.url("/"))
    enter_company(other, "company-a")
    authenticate(other, "cleo")
    expect_refusal(other, "roles_no_match")
    page.goto(demo.url(SIGN_IN_LOG))
    watch.look_everywhere("sign-in-log")
    page.get_by_label("Show", exact=True).select_option("roles_no_match")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("There is nothing of this kind.")).to_have_count(0)
    watch.look_everywhere("sign-in-log-filtered")
    page.get_by_label("Request id").fill(other.locator(".reference code").nth(1).inner_text())
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("heading", name="What was checked")).to_be_visible()
    watch.look_everywhere("sign-in-log-found")


def test_a_draft_is_tested_put_in_force_and_undone(demo, new_person, tmp_path):
    company_id = "drafted"
    link = add_workspace(demo, company_id, "Acme Research")
    demo.set_roles("ann", [f"{company_id}_ADMIN"])
    document = tmp_path / "idp.xml"
    with urllib.request.urlopen(metadata(demo), timeout=30) as response:
        document.write_bytes(response.read())
    demo.portico("saml", "configure", company_id, "--metadata", str(document))
    demo.portico("saml", "enable", company_id)
    page = new_person(viewport=WIDTHS["narrow"]).new_page()
    watch = Watch(page, ARTIFACTS / "screenshots" / "drafts-narrow-light")
    page.goto(link)
    page.get_by_role("button", name="Open the settings").click()
    page.goto(demo.url(SINGLE_SIGN_ON))

    # What is saved is a draft, by which nobody signs in, and its test says what is wrong with it.
    page.get_by_text("The names one by one").click()
    page.locator("#attributes-email").fill("emailAddress")
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_role("heading", name="A draft waits")).to_be_visible()
    watch.look("draft")
    member = new_person(viewport=WIDTHS["wide"], color_scheme="dark").new_page()
    sign_in(member, demo, company_id, "ann")
    expect_greeting(member, "Ann Archer", company_id, "ADMIN")
    two_at_once(demo, page, member)
    page.get_by_role("button", name="Test sign-in").click()
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
    authenticate(page, "ann")
    expect(page.get_by_role("alert")).to_contain_text("email_missing")
    # The pages of the identity provider are not ours to judge.
    watch.complaints.clear()
    watch.look("test-failed")
    page.get_by_role("link", name="Back to single sign-on").click()
    expect(page.get_by_text("run the test sign-in first")).to_be_visible()
    expect(page.get_by_role("button", name="Put in force")).to_have_count(0)

    # Mended and tested, it is put in force.
    page.locator("#attributes-email").fill("email")
    page.get_by_text("More options").click()
    page.get_by_label("Send the login hint of a link along").check()
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_text("Not passed yet.")).to_be_visible()
    page.get_by_role("button", name="Test sign-in").click()
    expect(page.get_by_text("This sign-in would have succeeded.")).to_be_visible()
    page.get_by_role("link", name="Back to single sign-on").click()
    page.get_by_role("button", name="Put in force").click()
    expect(page.get_by_text("The draft is in force.")).to_be_visible()

    # The state before comes back the same way.
    page.get_by_role("link", name="Versions:").click()
    watch.look("versions")
    page.get_by_role("button", name="Restore as a draft version 1", exact=True).click()
    expect(page.get_by_role("heading", name="A draft waits")).to_be_visible()
    page.get_by_label("Go on without a test that passed").check()
    page.get_by_role("button", name="Put in force").click()
    expect(page.get_by_text("The draft is in force.")).to_be_visible()
    expect(page.get_by_label("Send the login hint of a link along")).not_to_be_checked()


def two_at_once(demo, page, other):
    """Of two who change a draft at once, the second sees what the first did and chooses."""
    watch = Watch(other, ARTIFACTS / "screenshots" / "drafts-wide-dark")
    page.locator("#attributes-email").fill("mailAddress")
    other.goto(demo.url(SINGLE_SIGN_ON))
    with page.expect_navigation():
        page.get_by_role("button", name="Save as a draft").click()
    other.get_by_role("button", name="Give up the draft").click()
    notice = other.get_by_role("alert")
    expect(notice).to_contain_text("Somebody else changed these settings while you were looking.")
    expect(notice.get_by_role("row", name="Attribute names")).to_contain_text("mailAddress")
    watch.look("overtaken")
    expect(other.get_by_role("heading", name="A draft waits")).to_be_visible()
    page.locator("#attributes-email").fill("emailAddress")
    with page.expect_navigation():
        page.get_by_role("button", name="Save as a draft").click()
    other.locator("#attributes-email").fill("mine")
    other.get_by_role("button", name="Save as a draft").click()
    expect(other.get_by_role("alert")).to_contain_text("Somebody else saved these settings while you were typing.")
    watch.look("conflict")


def test_a_member_who_is_no_administrator_finds_nothing(demo, page):
    sign_in(page, demo, "company-a", "bob")
    expect_greeting(page, "Bob Baker", "company-a", "LABELER")
    for path in [SETTINGS, SINGLE_SIGN_ON, SIGN_IN_LOG, AUDIT_LOG, AUDIT_LOG + ".csv"]:
        answer = page.goto(demo.url(path))
        assert answer.status == 404


def test_whoever_is_not_signed_in_comes_back_after_signing_in(demo, page):
    page.goto(demo.url(SINGLE_SIGN_ON))
    enter_company(page, "company-a")
    authenticate(page, "ann")
    expect(page).to_have_url(demo.url(SINGLE_SIGN_ON))


def test_a_value_is_copied_and_a_preset_fills_the_names(demo, new_person):
    context = new_person()
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    sign_in(page, demo, "company-a", "ann", SINGLE_SIGN_ON)
    page.get_by_role("button", name="Copy the SP sign-in URL").click()
    expect(page.locator("#announcement")).to_have_text("SP sign-in URL copied")
    assert page.evaluate("navigator.clipboard.readText()") == demo.url("/.portico/saml/acs")
    page.get_by_label("Attribute names").select_option("entra")
    expect(page.locator("#attributes-email")).to_have_value("emailAddress")


def test_the_settings_are_used_with_the_keyboard(demo, page):
    sign_in(page, demo, "company-a", "ann", SETTINGS)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.goto(demo.url(SETTINGS))
    page.get_by_role("link", name="Single sign-on", exact=True).focus()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page).to_have_url(demo.url(SINGLE_SIGN_ON))
