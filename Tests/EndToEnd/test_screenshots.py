"""Pictures of every page, wide and narrow, light and dark, for people to look at; and what can be checked without eyes."""

import pytest
from playwright.sync_api import expect

from conftest import ARTIFACTS
from pages import authenticate, enter_company, expect_greeting, expect_refusal, sign_in

WIDTHS = {"wide": {"width": 1440, "height": 900}, "narrow": {"width": 390, "height": 844}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_fits_and_runs_no_script(demo, new_person, width, scheme):
    folder = ARTIFACTS / "screenshots" / f"{width}-{scheme}"
    folder.mkdir(parents=True, exist_ok=True)
    context = new_person(viewport=WIDTHS[width], color_scheme=scheme)
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def look(name):
        page.screenshot(path=folder / f"{name}.png", full_page=True)
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{name} is wider than the window"
        assert page.locator("script").count() == 0
        assert page.locator("h1").count() == 1
        assert page.locator("html").get_attribute("lang") == "en"
        complaints[:] = [each for each in complaints if "Failed to load resource" not in each]
        assert not complaints

    page.goto(demo.url("/"))
    look("sign-in")
    enter_company(page, "company-z")
    look("sign-in-unknown-company")
    page.goto(demo.url("/.portico/sign-up"))
    look("sign-up")

    sign_in(page, demo, "company-a", "ann", "/reports/42?tab=open")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    look("application")
    page.locator("summary").click()
    look("application-all-headers")
    page.goto(demo.url("/.portico/sign-in?company_id=company-b"))
    expect(page.get_by_role("button", name="Continue")).to_be_visible()
    look("continue")
    page.goto(demo.url("/.portico/sign-out"))
    look("sign-out")
    page.get_by_role("button", name="Sign out").click()
    look("signed-out")

    context.clear_cookies()
    page.goto(demo.url("/"))
    enter_company(page, "company-a")
    authenticate(page, "cleo")
    expect_refusal(page, "roles_no_match")
    look("error-roles-no-match")
    page.goto(demo.url("/.portico/no-such-page"))
    look("error-not-found")


def test_the_sign_in_page_works_with_the_keyboard_and_without_script(demo, new_person):
    page = new_person(java_script_enabled=False).new_page()
    page.goto(demo.url("/reports/1"))
    expect(page.get_by_label("Company ID")).to_be_focused()
    page.keyboard.type("company-a")
    page.keyboard.press("Enter")
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
