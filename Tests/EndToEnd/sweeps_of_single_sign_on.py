"""What the sweep without script does on the pages of single sign-on, by a setup link, and on the page Access."""

import hashlib
import subprocess
import urllib.parse
import urllib.request

from playwright.sync_api import expect

from pages import authenticate_without_script
from scriptless import COMPANY, THIS, sweep
from test_enforcement import set_passphrase
from test_passphrase import PASSPHRASE, code_of
from test_settings import add_workspace, metadata

PATH = "/single-sign-on"


@sweep({
    "GET /single-sign-on": [200],
    "POST /single-sign-on": [303, 422],
    "POST /single-sign-on/preset": [200],
    "POST /single-sign-on/discard": [303, 422],
    "POST /single-sign-on/in-force": [303, 422],
})
def single_sign_on(plain):
    page = plain.open(PATH)
    page.get_by_label("Identity provider sign-in URL").fill("http://idp.example/sso")
    page.get_by_label("Public certificate").fill("hello")
    plain.press("Save as a draft")
    plain.refuses("Nothing was saved.")
    for field, typed in [("sign-in-url", "http://idp.example/sso"), ("certificates", "hello")]:
        expect(page.locator(f"#{field}-problem")).to_be_visible()
        expect(page.locator(f"#{field}")).to_have_value(typed)

    plain.open(PATH)
    page.get_by_label("Attribute names").select_option("google")
    plain.press("Fill in its names")
    plain.says("stand in the form")
    expect(page.locator("#attributes-email")).to_have_value("Email")
    plain.press("Save as a draft")
    plain.says("The draft is saved.")
    stale = [plain.left_open(PATH) for _ in range(2)]
    page.get_by_text("The names one by one").click()
    page.locator("#attributes-email").fill("mail")
    plain.press("Save as a draft")
    plain.says("The draft is saved.")
    for left_open, button, words in [
        (stale[0], "Save as a draft", "Somebody else saved these settings while you were typing."),
        (stale[1], "Give up the draft", "Somebody else changed these settings while you were looking."),
    ]:
        plain.press(button, left_open)
        plain.refuses(words, left_open)
        left_open.close()
    # Other attribute names than those that people are read from need a test that passed.
    expect(page.get_by_text("run the test sign-in first")).to_be_visible()
    expect(page.get_by_role("button", name="Put in force")).to_have_count(0)
    plain.press("Give up the draft")
    plain.says("The draft is given up.")
    expect(page.get_by_role("heading", name="A draft waits")).to_have_count(0)

    page.get_by_text("More options").click()
    page.get_by_label("Send the login hint of a link along").check()
    plain.press("Save as a draft")
    plain.says("The draft is saved.")
    plain.press("Put in force")
    plain.refuses("No test sign-in of these settings has succeeded")
    page.get_by_label("Go on without a test that passed").check()
    plain.press("Put in force")
    plain.says("The draft is in force.")
    expect(page.get_by_label("Send the login hint of a link along")).to_be_checked()


@sweep({
    "GET /single-sign-on/versions": [200],
    "POST /single-sign-on/versions": [303, 422],
    "POST /single-sign-on/discard": [303],
})
def versions(plain):
    plain.demo.portico("saml", "configure", COMPANY, "--slo-url", "https://idp.example/slo")
    page = plain.open(PATH + "/versions")
    page.get_by_text("Compare with what is in force").last.click()
    expect(page.get_by_role("rowheader", name="Logout URL").last).to_be_visible()
    stale = plain.left_open(PATH + "/versions")
    plain.press("Restore as a draft version 1", exact=True)
    plain.says("The draft is saved.")
    plain.press("Restore as a draft version 1", stale, exact=True)
    plain.refuses("Somebody else changed these settings while you were looking.", stale)
    stale.close()
    plain.press("Give up the draft")
    expect(page.get_by_role("heading", name="A draft waits")).to_have_count(0)


@sweep({"GET /single-sign-on/test": [200], "POST /single-sign-on/test": [303]})
def trying_it_out(plain):
    page = plain.open(PATH)
    with page.expect_request("**/test-sign-in?id=*") as departure:
        plain.press("Test sign-in")
    page.wait_for_url(plain.demo.state["identity_provider_url"] + "**")
    waiting = plain.left_open(PATH + "/test?" + urllib.parse.urlsplit(departure.value.url).query)
    expect(waiting.get_by_text("No answer of your provider has come yet.")).to_be_visible()
    authenticate_without_script(page, "ann")
    expect(page.get_by_text("This sign-in would have succeeded.")).to_be_visible()
    waiting.reload()
    expect(waiting.get_by_text("ann@company.example").first).to_be_visible()
    waiting.close()


@sweep({"POST /single-sign-on/metadata": [200, 422]})
def metadata_of_the_provider(plain):
    page = plain.open(PATH)
    plain.press("Read the metadata")
    plain.refuses("Nothing was saved.")
    expect(page.get_by_text("Give the address, the file or the text.")).to_be_visible()
    plain.open(PATH)
    page.get_by_text("Or from a file").click()
    page.get_by_label("Or the metadata itself").fill("<hello/>")
    plain.press("Read the metadata")
    expect(page.locator("#idp-metadata-problem")).to_be_visible()
    expect(page.get_by_label("Or the metadata itself")).to_have_value("<hello/>")
    with urllib.request.urlopen(metadata(plain.demo), timeout=30) as response:
        page.get_by_label("Or the metadata itself").fill(response.read().decode())
    plain.press("Read the metadata")
    expect(page.get_by_text("The metadata was read.")).to_be_visible()


@sweep({"POST /single-sign-on/metadata/review": [303, 422]})
def what_metadata_proposes(plain):
    subject = ["-subj", "/CN=Another key", "-days", "30"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-noenc", "-keyout", "/dev/null", "-outform", "DER", *subject]
    certificate = subprocess.run(command, check=True, capture_output=True).stdout
    # As the refresh writes it down that found another key.
    plain.demo.sql(
        "UPDATE identity_providers SET metadata_url = 'https://idp.example/metadata', metadata_refresh = 'pinned'"
        f" WHERE {THIS};"
        " INSERT INTO metadata_proposals (workspace_id, position, kind, der, sha256_fingerprint, not_after, proposed_at)"
        f" SELECT workspace_id, 0, 'add', decode('{certificate.hex()}', 'hex'), '{hashlib.sha256(certificate).hexdigest()}',"
        f" now() + interval '30 days', now() FROM workspaces WHERE company_id = '{COMPANY}'"
    )
    plain.open(PATH)
    stale = plain.left_open(PATH)
    plain.press("Reject")
    plain.says("Rejected.")
    plain.demo.sql(f"DELETE FROM metadata_proposals WHERE {THIS}")
    plain.press("Approve", stale)
    expect(stale.get_by_text("Nothing is proposed about a certificate")).to_be_visible()
    stale.close()


@sweep({"POST /single-sign-on": [303], "POST /single-sign-on/metadata": [200], "POST /single-sign-on/enable": [303, 422],
        "POST /leave": [303]})
def by_a_setup_link(plain):
    visit = plain.elsewhere()
    page = visit.page
    page.goto(add_workspace(plain.demo, "plain-setup", "Acme Research"))
    visit.press("Open the settings")
    page.get_by_role("link", name="Single sign-on", exact=True).click()
    page.get_by_text("Or from a file").click()
    with urllib.request.urlopen(metadata(plain.demo), timeout=30) as response:
        page.get_by_label("Or the metadata itself").fill(response.read().decode())
    visit.press("Read the metadata")
    visit.press("Save", exact=True)
    visit.says("Saved.")
    visit.press("Switch on")
    visit.refuses("No test sign-in of these settings has succeeded")
    page.get_by_label("Go on without a test that passed").check()
    visit.press("Switch on")
    visit.says("Single sign-on is on.")
    visit.press("Leave the settings")
    expect(page.get_by_label("Company ID")).to_be_visible()
    visit.open()
    expect(page.get_by_label("Company ID")).to_be_visible()
    visit.context.close()


def come_in(plain, visit):
    """Ann sets a passphrase by a link of the operator's, and signs in with it."""
    page = visit.page
    set_passphrase(page, plain.demo.portico("member", "break-glass", COMPANY).stdout.splitlines()[0])
    page.get_by_role("link", name="Sign in with it").click()
    page.get_by_label("Company ID").fill(COMPANY)
    page.get_by_label("E-mail address").fill("ann@company.example")
    page.get_by_label("Passphrase").fill(PASSPHRASE)
    visit.press("Sign in")
    expect(page.get_by_text("signed in with a passphrase")).to_be_visible()
    visit.open("/access")


@sweep({
    "GET /access": [200, 303],
    "POST /access/passphrase": [303, 422],
    "POST /access/passphrase/remove": [303],
    "POST /access/authenticator": [303, 422],
    "POST /access/authenticator/remove": [303],
    "POST /access/enforce": [303, 422],
    "POST /access/owner": [303, 422],
})
def access(plain):
    # Settings that nobody has tested yet.
    plain.demo.portico("saml", "configure", COMPANY, "--slo-url", "https://idp.example/another")
    visit = plain.elsewhere()
    page = visit.page
    come_in(plain, visit)
    for typed in ["short", PASSPHRASE + " again"]:
        page.get_by_label("New passphrase").fill(typed)
        page.get_by_label("The same again").fill(typed)
        visit.press("Change the passphrase")
        if typed == "short":
            expect(page.get_by_text("Take at least 15 characters")).to_be_visible()
    expect(page.locator("#passphrase-problem")).to_have_count(0)
    page.get_by_label("Code that the app shows now").fill("12")
    visit.press("Ask for codes from now on")
    expect(page.locator("#code-problem")).to_be_visible()
    page.get_by_label("Code that the app shows now").fill(code_of(page.locator("input[name=secret]").input_value()))
    visit.press("Ask for codes from now on")
    visit.says("The authenticator app is asked for")
    visit.press("Remove the app")
    visit.says("No authenticator app is asked for.")
    expect(page.get_by_label("Code that the app shows now")).to_be_visible()
    visit.choose_unlisted("#email", "bob@company.example")
    visit.press("Transfer the ownership")
    expect(page.locator("#email-problem")).to_be_visible()
    visit.press("Remove the passphrase")
    expect(page.get_by_label("Company ID")).to_be_visible()

    come_in(plain, visit)
    visit.press("Enforce single sign-on")
    visit.refuses("test sign-in")
    # Whoever confirmed has another session since then.
    plain.with_script.context.add_cookies(plain.context.cookies(plain.demo.url("/")))
    tester = plain.with_script
    tester.goto(plain.demo.url("/.portico/settings/single-sign-on"))
    tester.get_by_role("button", name="Test sign-in").click()
    expect(tester.get_by_text("This sign-in would have succeeded.")).to_be_visible()
    visit.press("Enforce single sign-on")
    expect(page.get_by_text("Enforced", exact=True)).to_be_visible()
    page.get_by_label("New owner").select_option("jon@company.example")
    visit.press("Transfer the ownership")
    expect(page.locator("#email-problem")).to_contain_text("Sign in by single sign-on first")
    # As if Ann had.
    plain.demo.sql(
        "UPDATE sessions SET method = 'saml', idp_issuer = 'https://idp.example', confirmed_at = now()"
        f" WHERE {THIS} AND method = 'passphrase'"
    )
    visit.open("/access")
    page.get_by_label("New owner").select_option("jon@company.example")
    visit.press("Transfer the ownership")
    visit.says("You are not the owner; jon@company.example is.")
    assert plain.demo.sql(f"SELECT email FROM memberships WHERE {THIS} AND is_owner") == "jon@company.example"
    visit.context.close()
