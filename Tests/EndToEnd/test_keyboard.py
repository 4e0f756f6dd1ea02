"""The main paths with the keyboard alone: signing in, and what an administrator does most."""

import pytest
from playwright.sync_api import expect

from keyboard import Keyboard
from pages import expect_greeting, sign_in
from test_invitations import add_workspace
from test_settings import SETTINGS
from watch import WIDTHS


def sign_in_by_keyboard(page, demo, company_id, name):
    """From the application's address to the application."""
    page.goto(demo.url("/"))
    expect(page.get_by_label("Company ID")).to_be_focused()
    page.keyboard.type(company_id)
    Keyboard(page).reach(page.get_by_role("button", name="Continue")).press("Enter")
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
    # How the pages of the identity provider show a focus is not ours to judge.
    page.locator("#username").focus()
    page.keyboard.type(name)
    page.locator("#password").focus()
    page.keyboard.type(name)
    page.keyboard.press("Enter")


@pytest.mark.parametrize("width", WIDTHS)
def test_an_administrator_needs_no_mouse(demo, new_person, width):
    company_id = f"keys-{width}"
    add_workspace(demo, company_id)
    demo.portico("member", "invite", company_id, "bob@company.example", "--role", "LABELER")
    bob = new_person().new_page()
    sign_in(bob, demo, company_id, "bob")
    expect_greeting(bob, "Bob Baker", company_id, "LABELER")

    page = new_person(viewport=WIDTHS[width]).new_page()
    keys = Keyboard(page)
    sign_in_by_keyboard(page, demo, company_id, "ann")
    expect_greeting(page, "Ann Archer", company_id, "ADMIN")

    def go_to(name):
        """To another page by the navigation."""
        keys.reach(page.get_by_role("navigation").get_by_role("link", name=name, exact=True)).press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(name)

    page.goto(demo.url(SETTINGS))
    keys.reach(page.get_by_role("link", name="Skip to the content")).press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.goto(demo.url(SETTINGS))

    # Single sign-on: the form is saved and tested.
    go_to("Single sign-on")
    keys.reach(page.get_by_text("More options")).press("Enter")
    keys.reach(page.get_by_label("Send the login hint of a link along")).press("Space")
    keys.reach(page.get_by_role("button", name="Save as a draft")).press("Enter")
    expect(page.get_by_role("heading", name="A draft waits")).to_be_visible()
    keys.reach(page.get_by_role("button", name="Test sign-in")).press("Space")
    expect(page.get_by_text("This sign-in would have succeeded.")).to_be_visible()
    keys.reach(page.get_by_role("link", name="Back to single sign-on")).press("Enter")
    keys.reach(page.get_by_role("button", name="Put in force")).press("Enter")
    expect(page.get_by_text("The draft is in force.")).to_be_visible()

    # A member gets another role.
    go_to("Members")
    keys.reach(page.get_by_label("Name or address")).type("bob").press("Enter")
    keys.reach(page.get_by_role("link", name="Bob Baker")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bob Baker")
    keys.reach(page.get_by_role("combobox", name="Role")).choose("REV")
    keys.reach(page.get_by_role("button", name="Change the role")).press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("The role is REVIEWER now")

    # A group is mapped, and the mapping taken away.
    go_to("Mappings")
    keys.reach(page.get_by_label("Group, line 1").first).type("Leads")
    keys.reach(page.get_by_label("Role, line 1", exact=True)).choose("SUP")
    keys.reach(page.get_by_role("button", name="Save the mappings")).press("Enter")
    expect(page.get_by_label("Group, line 1").first).to_have_value("Leads")
    expect(page.get_by_label("Role, line 1", exact=True)).to_have_value("SUPERVISOR")
    keys.reach(page.get_by_label("Remove line 1").first).press("Space")
    keys.reach(page.get_by_role("button", name="Save the mappings")).press("Space")
    expect(page.get_by_label("Group, line 1").first).to_have_value("")

    # A domain is claimed; what is wrong with the first try has the focus.
    go_to("Domains")
    domain = page.get_by_role("textbox", name="Domain", exact=True)
    keys.reach(domain).type("gmail.com").press("Enter")
    expect(page.get_by_text("public mail provider")).to_be_visible()
    expect(domain).to_be_focused()
    keys.type(f"{width}.keys.invalid").press("Enter")
    expect(page.get_by_role("heading", name=f"{width}.keys.invalid")).to_be_visible()

    # Bob's session ends.
    go_to("Sessions")
    keys.reach(page.get_by_role("button", name="Sign out bob")).press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("has ended")
    bob.goto(demo.url("/"))
    expect(bob.get_by_label("Company ID")).to_be_visible()
