"""Invitations: from the page of the settings to the first sign-in, and what a link is to somebody else."""

import email
import re

import pytest
from playwright.sync_api import expect

from conftest import ARTIFACTS
from demonstration import eventually
from mail_catcher import MailCatcher
from pages import authenticate, expect_greeting, expect_refusal, sign_in
from watch import Watch

INVITATIONS = "/.portico/settings/invitations"


def add_workspace(demo, company_id):
    """A workspace of Ann's at the demonstration's identity provider, where roles come from invitations alone."""
    certificate = demo.folder / ".portico" / "identity-provider" / "keys" / "idp.crt"
    idp = demo.state["identity_provider_url"]
    demo.portico(
        "workspace", "create", company_id, "--name", "Acme Research", "--roles-mode", "off",
        "--owner", "ann@company.example",
    )
    demo.portico("domain", "claim", company_id, "company.example", "--operator-override")
    demo.portico(
        "saml", "configure", company_id, "--sign-in-url", idp + "saml2/idp/SSOService.php",
        "--issuer", idp + "saml2/idp/metadata.php", "--certificate", str(certificate),
    )
    demo.portico("saml", "enable", company_id)


def accept(page, demo, link, name):
    """Opens a link and signs in at the identity provider."""
    page.goto(link)
    page.get_by_role("button", name="Accept and sign in").click()
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
    authenticate(page, name)


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_an_invitation_to_the_first_sign_in(demo, new_person, script):
    company_id = "invites" if script else "invites-plain"
    add_workspace(demo, company_id)
    demo.add_person("ida", "Ida Ivers")
    demo.add_person("jon", "Jon Jay")
    administrator = new_person().new_page()
    sign_in(administrator, demo, company_id, "ann")
    expect_greeting(administrator, "Ann Archer", company_id, "ADMIN")
    page = administrator.context.new_page() if script else new_person(java_script_enabled=False).new_page()
    if not script:
        page.context.add_cookies(administrator.context.cookies())
    page.goto(demo.url(INVITATIONS))
    page.get_by_label("E-mail address").fill("ida@company.example")
    page.get_by_label("Role").select_option("REVIEWER")
    page.get_by_role("button", name="Invite", exact=True).click()
    link = page.get_by_label("Link for ida@company.example").input_value()

    stranger = new_person().new_page()
    accept(stranger, demo, link, "jon")
    expect_refusal(stranger, "invitation_required")
    invited = new_person().new_page()
    accept(invited, demo, link, "ida")
    expect_greeting(invited, "Ida Ivers", company_id, "REVIEWER")
    again = new_person().new_page()
    again.goto(link)
    expect_refusal(again, "invitation_used")
    page.goto(demo.url(INVITATIONS))
    expect(page.get_by_text("There is no open invitation.")).to_be_visible()


def reload_until(page, text):
    """Loads a page again until it says something, as whoever waits for it does."""
    def says():
        page.reload()
        return page.get_by_text(text).count()
    eventually(says, text, 60)


def test_from_a_mail_to_the_first_sign_in(demo, new_person):
    add_workspace(demo, "mailed")
    demo.add_person("ida", "Ida Ivers")
    page = new_person().new_page()
    watch = Watch(page, ARTIFACTS / "screenshots" / "invitations-mailed")
    sign_in(page, demo, "mailed", "ann")
    expect_greeting(page, "Ann Archer", "mailed", "ADMIN")
    with MailCatcher() as catcher:
        # A second node that knows a mail server, under the address that people use.
        mail = {"PORTICO_SMTP_URL": catcher.url, "PORTICO_MAIL_FROM": "portico@gateway.example"}
        with demo.another_node(
            demo.state["application_url"], PORTICO_PUBLIC_URL=demo.state["public_url"], **mail
        ) as node:
            page.goto(node + "/.portico/settings/members")
            page.get_by_role("main").get_by_role("link", name="Invitations").click()
            page.get_by_label("E-mail address").fill("ida@company.example")
            page.get_by_label("Role").select_option("SUPERVISOR")
            page.get_by_role("button", name="Invite", exact=True).click()
            expect(page.get_by_role("status").first).to_contain_text("The mail is on its way.")
            reload_until(page, "The mail server took it")
            page.get_by_label("E-mail address").fill("nobody@company.example")
            page.get_by_role("button", name="Invite", exact=True).click()
            reload_until(page, "There is no mailbox of this name.")
            watch.look_everywhere("mailed-and-not")
            page.get_by_role("button", name="Show a new link for nobody@company.example").click()
            expect(page.get_by_label("Link for nobody@company.example")).to_be_visible()
            watch.look_everywhere("shown-instead")
            # Administrators of other workspaces may be told something meanwhile.
            messages = [email.message_from_string(each) for each in catcher.messages()]
            (message,) = [each for each in messages if each["To"] == "<ida@company.example>"]
    plain, html = [part.get_payload(decode=True).decode() for part in message.get_payload()]
    link = re.search(r"http://\S+/invitation/[\w-]{43}", plain).group()
    letter = new_person(java_script_enabled=False).new_page()
    letter.set_content(html)
    letter.screenshot(path=ARTIFACTS / "screenshots" / "invitations-mailed" / "letter.png", full_page=True)
    assert letter.get_by_role("link", name="Accept the invitation").get_attribute("href") == link
    invited = new_person().new_page()
    accept(invited, demo, link, "ida")
    expect_greeting(invited, "Ida Ivers", "mailed", "SUPERVISOR")


def test_every_page_fits_and_axe_finds_nothing(demo, new_person):
    add_workspace(demo, "invites-seen")
    page = new_person().new_page()
    watch = Watch(page, ARTIFACTS / "screenshots" / "invitations")
    sign_in(page, demo, "invites-seen", "ann")
    expect_greeting(page, "Ann Archer", "invites-seen", "ADMIN")
    page.goto(demo.url(INVITATIONS))
    watch.look_everywhere("none")
    page.get_by_label("E-mail address").fill("ida@elsewhere.example")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Nobody was invited.")
    watch.look_everywhere("problem")
    page.get_by_label("E-mail address").fill("ida.with.a.very.long.name.that.has.to.be.broken@company.example")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_role("status").first).to_contain_text("is invited.")
    watch.look_everywhere("link")
    page.goto(page.get_by_label("Link for ida").input_value())
    expect(page.get_by_role("heading", level=1)).to_have_text("You are invited to Acme Research")
    watch.look_everywhere("invitation-while-signed-in")
    page.context.clear_cookies()
    page.reload()
    watch.look_everywhere("invitation")
