"""The pages about people, seats and domains in a browser, looked at as the other settings are."""

from playwright.sync_api import expect

from conftest import ARTIFACTS
from pages import enter_company, expect_greeting, sign_in
from watch import Watch

MEMBERS = "/.portico/settings/members"


def test_an_administrator_looks_after_people_and_domains(demo, new_person):
    bob = new_person().new_page()
    sign_in(bob, demo, "company-a", "bob")
    expect_greeting(bob, "Bob Baker", "company-a", "LABELER")

    page = new_person().new_page()
    watch = Watch(page, ARTIFACTS / "screenshots" / "people")
    sign_in(page, demo, "company-a", "ann", MEMBERS)
    expect(page.get_by_role("heading", level=1)).to_have_text("Members")
    watch.look_everywhere("members")

    # By keyboard: find Bob, open his page, give him another role.
    page.get_by_label("Name or address").focus()
    page.keyboard.type("bob")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Bob Baker").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Bob Baker")
    page.get_by_role("combobox", name="Role").focus()
    page.keyboard.type("REV")
    page.get_by_role("button", name="Change the role").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("The role is REVIEWER now")
    page.get_by_text("Remove from the workspace").click()
    watch.look_everywhere("member")
    bob.goto(demo.url("/"))
    expect_greeting(bob, "Bob Baker", "company-a", "REVIEWER")
    page.get_by_role("link", name="Members").first.click()
    page.get_by_role("link", name="Ann Archer").click()
    expect(page.get_by_text("The owner of the workspace")).to_be_visible()
    watch.look_everywhere("member-owner")

    page.get_by_role("link", name="Sessions", exact=True).click()
    expect(page.get_by_text("This session")).to_be_visible()
    watch.look_everywhere("sessions")
    page.get_by_label("Longest session").fill("8h")
    page.get_by_role("button", name="Save the limits").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved")
    watch.look_everywhere("sessions-problem")
    page.get_by_label("Name or address").fill("bob")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("button", name="Sign out bob").first.click()
    expect(page.get_by_role("status").first).to_contain_text("has ended")
    bob.goto(demo.url("/"))
    enter_company(bob, "company-a")

    page.get_by_role("link", name="Seats", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Seats")
    watch.look_everywhere("seats")

    page.get_by_role("link", name="Mappings", exact=True).click()
    page.get_by_label("Group, line 1").first.fill("Leads")
    page.get_by_label("Group, line 2").first.fill("Leads")
    page.get_by_role("button", name="Save the mappings").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was saved")
    watch.look_everywhere("mappings-problem")
    page.get_by_label("Remove line 2").first.check()
    page.get_by_label("Address of somebody").fill("bob@company.example")
    page.get_by_role("button", name="What would this person get?").click()
    expect(page.get_by_role("heading", name="What bob@company.example would get")).to_be_visible()
    watch.look_everywhere("mappings-preview")

    page.get_by_role("link", name="Domains", exact=True).click()
    page.get_by_role("textbox", name="Domain", exact=True).fill("gmail.com")
    page.get_by_role("button", name="Claim the domain").click()
    expect(page.get_by_text("public mail provider")).to_be_visible()
    watch.look_everywhere("domains-problem")
    page.get_by_role("textbox", name="Domain", exact=True).fill("people.invalid")
    page.get_by_role("button", name="Claim the domain").click()
    page.get_by_role("button", name="Look for it now").click()
    expect(page.get_by_text("In progress")).to_be_visible()
    page.get_by_text("Give people.invalid up").first.click()
    watch.look_everywhere("domains")
    page.get_by_role("button", name="Give people.invalid up").click()
    expect(page.get_by_role("status").first).to_contain_text("given up")
