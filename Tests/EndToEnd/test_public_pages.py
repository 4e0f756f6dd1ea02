"""Every page that needs no administrator: looked at wide and narrow, light and dark, and checked by axe-core."""

import re

from playwright.sync_api import expect

from conftest import ARTIFACTS
from pages import authenticate, enter_company, expect_greeting, expect_refusal, sign_in
from test_invitations import add_workspace
from watch import Watch

SIGN_IN = "/.portico/sign-in"


class ScriptlessWatch(Watch):
    """Looks at pages that run no script."""

    def look(self, name, rules=None):
        super().look(name, rules)
        assert self.page.locator("script").count() == 0


def watched(page):
    return ScriptlessWatch(page, ARTIFACTS / "screenshots" / "public")


def stay(page, demo):
    """Keeps a browser on the pages that lead on to the identity provider by themselves."""
    page.route(demo.state["identity_provider_url"] + "**", lambda route: route.fulfill(status=204))


def test_the_pages_where_a_sign_in_begins(demo, new_person):
    page = new_person().new_page()
    watch = watched(page)
    page.goto(demo.url("/"))
    watch.look_everywhere("sign-in")
    for typed, words, name in [
        ("company-z", "We do not know this Company ID.", "unknown-company"),
        ("company a", "no spaces", "malformed-company"),
        ("ann@nowhere.example", "We do not know where this address belongs.", "unknown-address"),
        ("ann@", "This is no e-mail address.", "malformed-address"),
    ]:
        enter_company(page, typed)
        expect(page.get_by_role("alert")).to_contain_text(words)
        expect(page.get_by_label("Company ID")).to_have_value(typed)
        watch.look_everywhere(f"sign-in-{name}")
    page.goto(demo.url("/.portico/sign-up"))
    watch.look_everywhere("sign-up")
    enter_company(page, "company-z")
    expect(page.get_by_role("alert")).to_contain_text("We do not know this Company ID.")
    watch.look_everywhere("sign-up-unknown-company")

    page.goto(demo.url(SIGN_IN + "/passphrase"))
    watch.look_everywhere("passphrase")
    page.get_by_label("Company ID").fill("company a")
    page.get_by_label("E-mail address").fill("ann@company.example")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Enter your passphrase.")).to_be_visible()
    watch.look_everywhere("passphrase-problems")
    page.goto(demo.portico("member", "break-glass", "company-a").stdout.splitlines()[0])
    expect(page.get_by_role("heading", level=1)).to_contain_text("Set your passphrase")
    watch.look_everywhere("passphrase-link")


def test_the_pages_of_whoever_is_signed_in(demo, new_person):
    page = new_person().new_page()
    watch = watched(page)
    sign_in(page, demo, "company-a", "ann", "/reports/42?tab=open")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    # The pages of the identity provider are not ours to judge.
    watch.complaints.clear()
    watch.look_everywhere("application")
    page.locator("summary").click()
    watch.look_everywhere("application-all-headers")
    page.goto(demo.url(SIGN_IN + "?company_id=company-b"))
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    watch.look_everywhere("continue-to-another-workspace")
    page.goto(demo.url("/.portico/sign-out"))
    watch.look_everywhere("sign-out")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    watch.look_everywhere("signed-out")
    # A link of another site's leads to a page that asks first.
    page.route("https://elsewhere.example/", lambda route: route.fulfill(
        content_type="text/html", body=f'<a href="{demo.url(SIGN_IN + "?company_id=company-a")}">In</a>'
    ))
    page.goto("https://elsewhere.example/")
    page.get_by_role("link").click()
    expect(page.get_by_text("A link on another site wants to sign you in")).to_be_visible()
    watch.look_everywhere("continue-from-another-site")


def test_the_pages_of_errors(demo, new_person):
    page = new_person().new_page()
    watch = watched(page)
    page.goto(demo.url(SIGN_IN))
    enter_company(page, "company-a")
    authenticate(page, "cleo")
    expect_refusal(page, "roles_no_match")
    watch.complaints.clear()
    watch.look_everywhere("error-roles-no-match")
    for path, code in [
        ("/.portico/no-such-page", "not_found"),
        ("/.portico/setup/used", "setup_link_used"),
        ("/.portico/invitation/used", "invitation_used"),
        ("/.portico/passphrase/used", "passphrase_link_used"),
        ("/.portico/test-sign-in?id=_none", "request_unknown_or_used"),
    ]:
        page.goto(demo.url(path))
        expect_refusal(page, code)
        watch.look_everywhere(f"error-{code}")


def test_the_pages_that_lead_on_by_themselves(demo, new_person):
    """Whoever stays on them, because a script or a refresh does not run, goes on by a button."""
    add_workspace(demo, "led-on")
    demo.portico("saml", "configure", "led-on", "--request-binding", "post")
    page = new_person().new_page()
    watch = Watch(page, ARTIFACTS / "screenshots" / "public")
    stay(page, demo)
    page.goto(demo.url(SIGN_IN))
    enter_company(page, "led-on")
    expect(page.get_by_text("takes over here")).to_be_visible()
    watch.look_everywhere("leading-on-by-a-form")

    page.goto(demo.portico("setup-link", "led-on").stdout.splitlines()[0])
    page.get_by_role("button", name="Open the settings").click()
    demo.portico("saml", "configure", "led-on", "--request-binding", "redirect")
    page.goto(demo.url("/.portico/settings/single-sign-on"))
    page.get_by_role("button", name="Test sign-in").click()
    expect(page.get_by_role("link", name="Go on to the identity provider")).to_be_visible()
    watch.look_everywhere("leading-on-by-a-refresh")

    plain = new_person(java_script_enabled=False).new_page()
    plain.goto(demo.url(SIGN_IN))
    demo.portico("saml", "configure", "led-on", "--request-binding", "post")
    enter_company(plain, "led-on")
    plain.get_by_role("button", name="Continue").click()
    plain.wait_for_url(re.compile(re.escape(demo.state["identity_provider_url"])))


def test_the_sign_in_page_works_with_the_keyboard_and_without_script(demo, new_person):
    page = new_person(java_script_enabled=False).new_page()
    page.goto(demo.url("/reports/1"))
    expect(page.get_by_label("Company ID")).to_be_focused()
    page.keyboard.type("company-a")
    page.keyboard.press("Enter")
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
