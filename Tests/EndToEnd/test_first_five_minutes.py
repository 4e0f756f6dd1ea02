"""From a setup link to the first member, by the steps that Docs/Configuration.md counts, and by nothing else."""

import re
import urllib.request

import pytest
from playwright.sync_api import expect

from conftest import ARTIFACTS
from demonstration import ROOT
from identity_provider import adding
from pages import authenticate, authenticate_without_script, expect_greeting
from test_settings import SINGLE_SIGN_ON, metadata
from watch import Watch

DOMAIN = "company.example"
NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def documented_steps():
    """The steps of the documentation, as many as its sentence above them says."""
    text = (ROOT / "Docs" / "Configuration.md").read_text()
    part = re.search(r"^### The first five minutes\n(.*?)^### ", text, re.DOTALL | re.MULTILINE).group(1)
    steps = [" ".join(step.split()) for step in re.findall(r"^\d+\. (.*?)(?=^\d+\. |^$|\Z)", part, re.DOTALL | re.MULTILINE)]
    numbers = re.findall(r"^(\d+)\. ", part, re.MULTILINE)
    assert numbers == [str(number + 1) for number in range(len(steps))]
    assert f" {NUMBERS[len(steps)]} steps" in part
    return steps


class Newcomer:
    """An administrator who has never seen Portico, with the documentation beside them."""

    def __init__(self, demo, new_person, company_id, script):
        self.demo, self.company_id = demo, company_id
        self.new_person = new_person
        self.page = new_person(java_script_enabled=script).new_page()
        self.authenticate = authenticate if script else authenticate_without_script
        self.script = script
        self.link = demo.portico("setup-link", company_id).stdout.splitlines()[0]
        self.application = None

    def press(self, step):
        """Presses what the step names."""
        names = re.findall("“(.*?)”", step)
        assert names, step
        for name in names:
            target = self.page.get_by_role("link", name=name, exact=True)
            (target if target.count() else self.page.get_by_role("button", name=name, exact=True)).click()

    def open_the_link(self, step):
        self.page.goto(self.link)
        self.press(step)

    def go_to_single_sign_on(self, step):
        self.press(step)
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Single sign-on")

    def make_the_application(self, step):
        """SimpleSAMLphp learns of a service provider by an entry, whose values are on the page."""
        location, issuer = [self.page.get_by_label(label, exact=True).first for label in ["SP sign-in URL", "SP issuer"]]
        assert "SP sign-in URL" in step and "SP issuer" in step
        assert issuer.input_value() == f"portico-{self.company_id}"
        if self.script:
            for label in ["SP sign-in URL", "SP issuer"]:
                expect(self.page.get_by_role("button", name=f"Copy the {label}")).to_be_visible()
        entry = f"$metadata['{issuer.input_value()}'] = ['AssertionConsumerService' => '{location.input_value()}'];"
        self.application = adding(self.demo, entry)
        self.application.__enter__()

    def read_the_metadata(self, step):
        with urllib.request.urlopen(metadata(self.demo), timeout=30) as response:
            file = {"name": "idp.xml", "mimeType": "application/xml", "buffer": response.read()}
        # What was typed before stays, whatever the metadata fills in.
        roles = self.page.get_by_label("Roles from the identity provider")
        roles.select_option("required")
        self.page.get_by_text("Or from a file").click()
        self.page.get_by_label("Metadata file").set_input_files(file)
        self.press(step)
        expect(self.page.get_by_text("The metadata was read.")).to_be_visible()
        expect(roles).to_have_value("required")
        roles.select_option("auto")

    def save(self, step):
        expect(self.page.get_by_label("Identity provider issuer")).not_to_be_empty()
        self.press(step)
        expect(self.page.get_by_text("Saved.")).to_be_visible()

    def test(self, step):
        self.press(step)
        self.page.wait_for_url(self.demo.state["identity_provider_url"] + "**")
        self.authenticate(self.page, "bob")

    def read_the_result(self, step):
        expect(self.page.get_by_text("This sign-in would have succeeded.")).to_be_visible()
        expect(self.page.locator("dd").filter(has_text=f"bob@{DOMAIN}")).to_be_visible()
        if self.script:
            watch = Watch(self.page, ARTIFACTS / "screenshots" / "first-five-minutes")
            watch.look_everywhere("test-passed")
        self.page.get_by_role("link", name="Back to single sign-on").click()
        expect(self.page.get_by_text("Passed on")).to_be_visible()

    def switch_on(self, step):
        self.press(step)
        expect(self.page.get_by_text("Single sign-on is on.")).to_be_visible()

    def give_people_the_login_url(self, step):
        assert "Login URL" in step
        member = self.new_person(java_script_enabled=self.script).new_page()
        member.goto(self.page.get_by_label("Login URL").input_value())
        member.wait_for_url(self.demo.state["identity_provider_url"] + "**")
        self.authenticate(member, "bob")
        expect_greeting(member, "Bob Baker", self.company_id, "ADMIN")
        member.goto(self.demo.url(SINGLE_SIGN_ON))
        expect(member.get_by_role("heading", level=1)).to_have_text("Single sign-on")

    STEPS = [
        open_the_link, go_to_single_sign_on, make_the_application, read_the_metadata, save, test, read_the_result, switch_on,
        give_people_the_login_url,
    ]


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_from_a_setup_link_to_the_first_sign_in(demo, new_person, script):
    company_id = "first-steps" if script else "first-steps-plain"
    # What the operator does beforehand: the workspace, the domain by their word, and the link.
    demo.portico("workspace", "create", company_id, "--name", "First Steps", "--sp-issuer", f"portico-{company_id}")
    demo.portico("domain", "claim", company_id, DOMAIN, "--operator-override")
    demo.set_roles("bob", [f"{company_id}_ADMIN"])
    newcomer = Newcomer(demo, new_person, company_id, script)
    try:
        for words, step in zip(documented_steps(), Newcomer.STEPS, strict=True):
            step(newcomer, words)
    finally:
        if newcomer.application:
            newcomer.application.__exit__(None, None, None)

    # Whoever came by a link is nobody to the application, and whoever tested was not signed in.
    newcomer.page.goto(demo.url("/"))
    expect(newcomer.page.get_by_label("Company ID")).to_be_visible()
    again = new_person().new_page()
    again.goto(newcomer.link)
    expect(again.locator(".reference code").first).to_have_text("setup_link_used")
