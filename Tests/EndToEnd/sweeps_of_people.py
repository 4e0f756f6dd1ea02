"""What the sweep without script does on the pages about sign-ins, people, groups and domains."""

import csv
import io
import json
import re

from playwright.sync_api import expect

from scriptless import THIS, sweep

GUIDES = ["okta", "entra", "google", "pingone", "onelogin", "ad-fs", "keycloak", "simplesamlphp"]


@sweep({"GET ": [200], **{f"GET /single-sign-on/guides/{guide}": [200] for guide in GUIDES}, "GET /seats": [200]})
def overview_guides_and_seats(plain):
    page = plain.open()
    expect(page.get_by_role("heading", level=1)).to_have_text("Acme Research")
    page.get_by_text("In numbers").click()
    expect(page.get_by_role("table").get_by_role("row").nth(1)).to_be_visible()
    plain.open("/seats")
    expect(page.get_by_role("listitem").filter(has_text="Limit")).to_contain_text("No limit")
    for guide in GUIDES:
        plain.open(f"/single-sign-on/guides/{guide}")
        expect(page.get_by_role("heading", level=1)).to_contain_text("step by step")
        assert plain.demo.url("/.portico/saml/acs") in page.content()


@sweep({"GET /sign-in-log": [200]})
def sign_in_log(plain):
    page = plain.open("/sign-in-log")
    page.locator(".log a").first.click()
    expect(page.get_by_role("heading", name="What was checked")).to_be_visible()
    page.get_by_label("Request id").fill("nothing-like-it")
    plain.press("Find")
    expect(page.get_by_text("No sign-in of this workspace has the id nothing-like-it.")).to_be_visible()


@sweep(
    {
        "GET /audit-log": [200, 422],
        "GET /audit-log.csv": [200],
        "GET /audit-log.json": [200],
        "POST /audit-log/check": [303],
    }
)
def audit_log(plain):
    page = plain.open("/audit-log")
    plain.press("Check now")
    expect(page.get_by_text("The log was checked just now.")).to_be_visible()
    page.get_by_label("Until").fill("tomorrow")
    plain.press("Show")
    expect(page.get_by_text("“tomorrow” is no day.")).to_be_visible()
    page.get_by_label("Until").fill("")
    page.get_by_label("By or about").fill("nobody@company.example")
    plain.press("Show")
    expect(page.get_by_text("There is nothing of this kind.")).to_be_visible()
    page.get_by_label("By or about").fill("bob@company.example")
    plain.press("Show")
    expect(page.locator(".log > li").first).to_contain_text("bob@company.example")
    texts = []
    for name in ["CSV", "JSON"]:
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        texts.append(download.value.path().read_text())
    events = json.loads(texts[1])
    assert events and len(list(csv.DictReader(io.StringIO(texts[0])))) == len(events)
    assert all("bob@company.example" in json.dumps(event) for event in events)


@sweep({"GET /members": [200], "POST /members": [303, 400], "POST /forget": [303]})
def members(plain):
    page = plain.open("/members")
    page.get_by_label("Name or address").fill("nobody like this")
    plain.press("Show")
    expect(page.get_by_text("Nobody is like this.")).to_be_visible()
    page.get_by_role("link", name="Show all").click()
    page.get_by_label("State").select_option(label="Active")
    plain.press("Show")
    expect(page.get_by_role("link", name="Ann Archer")).to_be_visible()
    plain.forget_confirmation()
    page.locator("#role-manager").select_option("administrators")
    plain.press("Save who manages roles")
    plain.says("Nothing was changed yet.")
    plain.press("Leave it as it is")
    expect(page.locator("#role-manager")).to_have_value("installation")
    page.locator("#role-manager").select_option("administrators")
    plain.press("Save who manages roles")
    plain.says("Nothing was changed yet.")
    plain.confirm()
    plain.open("/members")
    expect(page.locator("#role-manager")).to_have_value("administrators")
    plain.press("Save who manages roles")
    plain.says("Saved.")
    expect(page.locator("#role-manager")).to_have_value("administrators")
    plain.choose_unlisted("#role-manager", "nobody")
    plain.press("Save who manages roles")
    expect(page.locator(".reference code").first).to_have_text("form_invalid")


@sweep({"GET /joining": [200], "POST /joining": [303, 422]})
def joining(plain):
    page = plain.open("/joining")
    stale = plain.left_open("/joining")
    plain.choose_unlisted("#default-role", "ADMIN")
    page.locator("#guests").select_option("true")
    plain.press("Save who may join")
    plain.refuses("Nothing was saved.")
    expect(page.locator("#default-role-problem")).to_contain_text("Give one of")
    expect(page.locator("#guests")).to_have_value("true")
    page.locator("#default-role").select_option("NOT_ACTIVATED")
    plain.press("Save who may join")
    plain.says("What you see is saved.")
    expect(page.locator("#default-role")).to_have_value("NOT_ACTIVATED")
    expect(page.get_by_text("Is registered and waits")).to_be_visible()
    stale.locator("#self-registration").select_option("false")
    plain.press("Save who may join", stale)
    plain.refuses("Somebody else saved this while you were looking.", stale)
    expect(stale.locator("#self-registration")).to_have_value("false")
    stale.close()
    page.locator("#default-role").select_option("LABELER")
    page.locator("#guests").select_option("false")
    plain.press("Save who may join")
    plain.says("What you see is saved.")


@sweep({
    "GET /members/:user": [200],
    "POST /members/:user/role": [303, 404, 422],
    "POST /members/:user/sign-out": [303, 404],
    "POST /members/:user/deactivate": [303, 404],
    "POST /members/:user/reactivate": [303, 403],
    "POST /members/:user/remove": [303, 404],
})
def member(plain):
    user = plain.demo.sql(f"SELECT user_id FROM memberships WHERE {THIS} AND email = 'dora@company.example'")
    path = f"/members/{user}"
    plain.forget_confirmation()
    page = plain.open(path)
    plain.choose_unlisted("#role", "EMPEROR")
    plain.press("Change the role")
    plain.refuses("Nothing was changed.")
    page.locator("#role").select_option("SUPERVISOR")
    plain.press("Change the role")
    plain.says("The role is SUPERVISOR now")
    plain.press("Sign out everywhere")
    plain.says("There was no session to end.")
    plain.press("Deactivate", exact=True)
    plain.says("Nothing was changed yet")
    for unconfirmed in ["/access", path]:
        plain.open(unconfirmed)
        expect(page.get_by_role("link", name="Confirm who you are")).to_be_visible()
    plain.confirm()
    plain.open(path)
    plain.press("Deactivate", exact=True)
    plain.says("Deactivated.")
    plain.demo.sql(f"UPDATE workspaces SET seats = 1 WHERE {THIS}")
    plain.press("Reactivate")
    plain.refuses("The one seat of the workspace is taken")
    plain.demo.sql(f"UPDATE workspaces SET seats = NULL WHERE {THIS}")
    plain.press("Reactivate")
    plain.says("Reactivated.")
    stale = {name: plain.left_open(path) for name in ["Change the role", "Sign out everywhere", "Deactivate", "Remove dora"]}
    page.get_by_text("Remove from the workspace").click()
    plain.press("Remove dora")
    plain.says("Removed.")
    stale["Remove dora"].get_by_text("Remove from the workspace").click()
    for name, page in stale.items():
        plain.press(name, page)
        plain.refuses("This person is no member.", page)
        page.close()


@sweep({
    "GET /sessions": [200],
    "POST /sessions": [303, 422],
    "POST /sessions/:session/end": [303, 404],
    "POST /sessions/end-all": [303],
})
def sessions(plain):
    page = plain.open("/sessions")
    page.get_by_label("Longest session").fill("a while")
    plain.press("Save the limits")
    plain.refuses("Nothing was saved.")
    expect(page.get_by_label("Longest session")).to_have_value("a while")
    page.get_by_label("Longest session").fill("120")
    plain.press("Save the limits")
    plain.says("saved")
    expect(page.get_by_label("Longest session")).to_have_value("120")
    page.get_by_label("Name or address").fill("bob")
    plain.press("Show", exact=True)
    stale = plain.left_open("/sessions?q=bob")
    plain.press("Sign out bob")
    plain.says("One session has ended, everywhere.")
    plain.press("Sign out bob", stale)
    plain.refuses("Nothing was left to end.", stale)
    expect(stale.get_by_text("This session", exact=True)).to_be_visible()
    stale.close()
    plain.forget_confirmation()
    plain.open("/sessions")
    plain.press("Sign everybody out")
    plain.says("Nobody was signed out yet.")
    plain.confirm()
    plain.open("/sessions")
    plain.press("Sign everybody out")
    plain.says("One session has ended, everywhere.")
    expect(page.get_by_text("This session")).to_be_visible()


@sweep({"GET /domains": [200], "POST /domains": [303, 422], "POST /domains/verify": [303, 404], "POST /domains/remove": [303, 404]})
def domains(plain):
    page = plain.open("/domains")
    for typed, words in [("gmail.com", "public mail provider"), ("co.uk", "public suffix")]:
        page.get_by_role("textbox", name="Domain", exact=True).fill(typed)
        plain.press("Claim the domain")
        plain.refuses("Nothing was claimed.")
        expect(page.locator("#domain-problem")).to_contain_text(words)
        expect(page.get_by_role("textbox", name="Domain", exact=True)).to_have_value(typed)
    page.get_by_role("textbox", name="Domain", exact=True).fill("plain.invalid")
    plain.press("Claim the domain")
    plain.says("plain.invalid waits for its record")
    plain.press("Look for it now")
    plain.says("The record of plain.invalid was looked for")
    card = page.get_by_role("region", name="plain.invalid")
    expect(card).to_contain_text("In progress")
    expect(card).to_contain_text("no name server answers")
    stale = [plain.left_open("/domains") for _ in range(2)]
    for left_open in [page, stale[1]]:
        left_open.get_by_text("Give plain.invalid up").first.click()
    plain.press("Give plain.invalid up")
    plain.says("The domain is given up.")
    for name, left_open in zip(["Look for it now", "Give plain.invalid up"], stale):
        plain.press(name, left_open)
        plain.is_not_there(left_open)
        left_open.close()


@sweep({
    "GET /invitations": [200],
    "POST /invitations": [303, 422],
    "POST /invitations/mail": [303, 422],
    "POST /invitations/renew": [200, 422],
    "POST /invitations/withdraw": [303, 422],
})
def invitations(plain):
    page = plain.open("/invitations")
    page.get_by_label("E-mail address").fill("ida@elsewhere.example")
    page.get_by_label("Role").select_option("REVIEWER")
    plain.press("Invite", exact=True)
    plain.refuses("Nobody was invited.")
    expect(page.get_by_label("E-mail address")).to_have_value("ida@elsewhere.example")
    expect(page.get_by_label("Role")).to_have_value("REVIEWER")
    page.get_by_label("E-mail address").fill("ida@company.example")
    plain.press("Invite", exact=True)
    plain.says("The mail is on its way.")
    page.get_by_label("E-mail address").fill("ida@company.example")
    page.get_by_label("Role").select_option("LABELER")
    plain.press("Invite", exact=True)
    plain.refuses("ida@company.example is invited already, as REVIEWER")
    plain.press("Invite", exact=True)
    plain.says("The mail is on its way.")
    plain.press("Mail again to ida@company.example")
    plain.says("The mail is on its way.")
    plain.press("Show a new link for ida@company.example")
    plain.says("ida@company.example is invited.")
    expect(page.get_by_label("Link for ida@company.example")).to_have_value(re.compile("/.portico/invitation/"))
    stale = {name: plain.left_open("/invitations") for name in ["Mail again to ida", "Show a new link for ida", "Withdraw"]}
    plain.press("Withdraw the invitation of ida@company.example")
    plain.says("Withdrawn.")
    for name, left_open in stale.items():
        plain.press(name, left_open)
        plain.refuses("ida@company.example", left_open)
        left_open.close()
    expect(page.get_by_text("There is no open invitation.")).to_be_visible()


def places_of(plain, kind, identifier, title):
    """Makes a place, names it, puts Bob in and takes him out again, and removes it; wrong first, then right."""
    page = plain.open("/spaces")
    page.get_by_label(f"Identifier of the {kind}").fill("two words")
    page.get_by_label(f"Title of the {kind}").fill(title)
    plain.press(f"Add the {kind}")
    plain.refuses("Nothing was added.")
    expect(page.get_by_label(f"Title of the {kind}")).to_have_value(title)
    page.get_by_label(f"Identifier of the {kind}").fill(identifier)
    plain.press(f"Add the {kind}")
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    place = page.url.removeprefix(plain.origin).partition("/settings")[2].replace("&done=created", "")
    page.get_by_label("E-mail address of a member").fill("nobody@company.example")
    plain.press("Put in")
    plain.refuses("Nothing was changed.")
    expect(page.get_by_label("E-mail address of a member")).to_have_value("nobody@company.example")
    empty = {name: plain.left_open(place) for name in ["Put in", "Save the title", f"Remove the {kind}"]}
    page.get_by_label("E-mail address of a member").fill("bob@company.example")
    plain.press("Put in")
    plain.says("counts at once")
    plain.press(f"Remove the {kind}", empty[f"Remove the {kind}"])
    plain.refuses("Nothing was changed.", empty[f"Remove the {kind}"])
    empty["Take out"] = plain.left_open(place)
    page.get_by_role("textbox", name="Title").fill("x" * 300)
    plain.press("Save the title")
    plain.refuses("Nothing was changed.")
    page.get_by_role("textbox", name="Title").fill(f"{title} two")
    plain.press("Save the title")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{title} two")
    plain.press("Take out")
    plain.says("counts at once")
    plain.press(f"Remove the {kind}")
    plain.says("Removed.")
    empty["Put in"].get_by_label("E-mail address of a member").fill("bob@company.example")
    for name in ["Put in", "Save the title", "Take out"]:
        plain.press(name, empty[name])
        plain.is_not_there(empty[name])
    for left_open in empty.values():
        left_open.close()


def answers_of_places(kind):
    """What the page and the forms of a kind of places answer."""
    # Whoever is taken out of a place that is gone is led to its page, which is not there.
    forms = {"assign": [303, 404, 422], "title": [303, 404, 422], "remove": [303, 422], "withdraw": [303]}
    return {
        "GET /spaces": [200],
        "POST /spaces": [303, 422],
        f"GET /spaces/{kind}": [200, 404],
        **{f"POST /spaces/{kind}/{step}": statuses for step, statuses in forms.items()},
    }


@sweep(answers_of_places("space"))
def spaces(plain):
    places_of(plain, "space", "north", "The north")


@sweep(answers_of_places("project"))
def projects(plain):
    places_of(plain, "project", "42", "Cats and dogs")


@sweep({"GET /mappings": [200], "POST /mappings": [303, 422], "POST /mappings/preview": [200, 422]})
def mappings(plain):
    page = plain.open("/mappings")
    page.get_by_label("Group, line 1").first.fill("Leads")
    page.get_by_label("Group, line 2").first.fill("Leads")
    plain.press("Save the mappings")
    plain.refuses("Nothing was saved.")
    expect(page.get_by_label("Group, line 2").first).to_have_value("Leads")
    page.get_by_label("Remove line 2").first.check()
    page.get_by_label("Role, line 1").select_option("SUPERVISOR")
    page.get_by_label("Address of somebody").fill("nobody@company.example")
    plain.press("What would this person get?")
    plain.refuses("Nothing was saved.")
    page.get_by_label("Address of somebody").fill("bob@company.example")
    plain.press("What would this person get?")
    expect(page.get_by_role("heading", name="What bob@company.example would get")).to_be_visible()
    plain.press("Save the mappings")
    plain.says("Saved.")
    expect(page.get_by_label("Group, line 1").first).to_have_value("Leads")
    expect(page.get_by_label("Role, line 1")).to_have_value("SUPERVISOR")
    page.get_by_label("Remove line 1").first.check()
    plain.press("Save the mappings")
    expect(page.get_by_label("Group, line 1").first).to_have_value("")
