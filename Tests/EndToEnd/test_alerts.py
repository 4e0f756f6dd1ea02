"""What one administrator changes reaches the others by mail."""

import email
import email.policy

from playwright.sync_api import expect

from conftest import ARTIFACTS
from demonstration import eventually
from mail_catcher import MailCatcher
from pages import authenticate, expect_greeting, sign_in
from test_invitations import add_workspace
from test_settings import SINGLE_SIGN_ON
from test_settings_states import certificate
from watch import SCHEMES, WIDTHS


COMPANY = "alerted"


def letters(catcher):
    """What the server took about the workspace of the test: others of the demonstration have things to tell, too."""
    messages = [email.message_from_string(each, policy=email.policy.default) for each in catcher.messages()]
    return [each for each in messages if f"Company ID: {COMPANY}\n" in plain(each).replace("\r\n", "\n")]


def plain(message):
    """The part of a mail that is plain text."""
    return message.get_payload()[0].get_payload(decode=True).decode()


def test_another_certificate_reaches_the_other_administrator(demo, new_person, tmp_path):
    add_workspace(demo, COMPANY)
    demo.portico("member", "invite", COMPANY, "bob@company.example", "--role", "ADMIN")
    bob = new_person().new_page()
    sign_in(bob, demo, COMPANY, "bob")
    expect_greeting(bob, "Bob Baker", COMPANY, "ADMIN")
    page = new_person().new_page()
    sign_in(page, demo, COMPANY, "ann")
    expect_greeting(page, "Ann Archer", COMPANY, "ADMIN")
    with open(certificate(tmp_path / "next.pem", "The identity provider of tomorrow", 300)) as file:
        added = file.read()

    page.goto(demo.url(SINGLE_SIGN_ON))
    field = page.get_by_label("Public certificate")
    field.fill(field.input_value() + "\n" + added)
    page.get_by_role("button", name="Save as a draft").click()
    expect(page.get_by_role("heading", name="A draft waits")).to_be_visible()
    page.get_by_label("Go on without a test that passed").check()
    page.get_by_role("button", name="Put in force").click()
    expect(page.get_by_text("The draft is in force.")).to_be_visible()

    with MailCatcher() as catcher:
        # A node that knows a mail server sends what happened at one that knows none.
        mail = {"PORTICO_SMTP_URL": catcher.url, "PORTICO_MAIL_FROM": "portico@gateway.example"}
        with demo.another_node(
            demo.state["application_url"], PORTICO_PUBLIC_URL=demo.state["public_url"], **mail
        ):
            waiting = "SELECT count(*) FROM alert_mail_queue"
            eventually(lambda: letters(catcher) and demo.sql(waiting) == "0", "the mails", 60)
            assert [each["To"] for each in letters(catcher)] == ["bob@company.example"]
            message = letters(catcher)[0]
    text = plain(message)
    html = message.get_payload()[1].get_payload(decode=True).decode()
    assert "Single sign-on rests on another certificate" in text
    assert "By: ann@company.example" in text
    assert demo.url(SINGLE_SIGN_ON) + "/versions" in text
    letter = new_person().new_page()
    letter.set_content(html)
    folder = ARTIFACTS / "screenshots" / "alerts"
    folder.mkdir(parents=True, exist_ok=True)
    for scheme in SCHEMES:
        letter.emulate_media(color_scheme=scheme)
        for width, size in WIDTHS.items():
            letter.set_viewport_size(size)
            letter.screenshot(path=folder / f"letter-{width}-{scheme}.png", full_page=True)
            assert letter.evaluate("document.documentElement.scrollWidth <= innerWidth")
    bob.goto(letter.get_by_role("link", name="Open Single sign-on").get_attribute("href"))
    expect(bob.get_by_role("heading", level=1)).to_contain_text("Versions")
