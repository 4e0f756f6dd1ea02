"""Signing in with an e-mail address in the place of the Company ID."""

import pytest
from playwright.sync_api import expect

from conftest import ARTIFACTS
from pages import authenticate, authenticate_without_script, enter_company, expect_greeting
from watch import Watch


def add_workspace(demo, company_id, domain):
    """A workspace at the demonstration's identity provider that has claimed a domain."""
    certificate = demo.folder / ".portico" / "identity-provider" / "keys" / "idp.crt"
    idp = demo.state["identity_provider_url"]
    demo.portico("workspace", "create", company_id, "--name", f"The people of {company_id}", "--roles-mode", "off")
    demo.portico("domain", "claim", company_id, domain, "--operator-override")
    demo.portico(
        "saml", "configure", company_id, "--sign-in-url", idp + "saml2/idp/SSOService.php",
        "--issuer", idp + "saml2/idp/metadata.php", "--certificate", str(certificate),
    )
    demo.portico("saml", "enable", company_id)


def add_person(demo, name, email):
    """Somebody at the identity provider, with an address of another domain than everybody's."""
    demo.add_person(name, "Una Unger")
    people = demo.people
    people[name]["attributes"]["email"] = [email]
    demo.people = people


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_an_address_leads_straight_on_while_one_workspace_has_its_domain(demo, new_person, script):
    first, second = ("lone", "second") if script else ("lone-plain", "second-plain")
    domain = f"{first}.example"
    email = f"una@{domain}"
    add_workspace(demo, first, domain)
    demo.portico("member", "invite", first, email, "--role", "REVIEWER")
    add_person(demo, "una", email)
    page = new_person(java_script_enabled=script).new_page()
    log_in = authenticate if script else authenticate_without_script

    # The domain is one workspace's: on to its identity provider, and back to the page that was asked for.
    page.goto(demo.url("/reports/7"))
    enter_company(page, f"  Una@{domain.upper()} ")
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
    log_in(page, "una")
    expect_greeting(page, "Una Unger", first, "REVIEWER")
    expect(page.locator("#target")).to_have_text("/reports/7")

    # Another one claims it too: from then on the Company ID is asked for, and neither is named.
    add_workspace(demo, second, domain)
    page.context.clear_cookies()
    page.goto(demo.url("/reports/7"))
    enter_company(page, email)
    expect(page.get_by_role("alert")).to_have_text("We do not know where this address belongs. Enter your Company ID.")
    several = page.get_by_role("main").inner_text()
    assert "The people of" not in page.content() and second not in page.content()
    expect(page.get_by_label("Company ID")).to_have_value(email)
    if script:
        Watch(page, ARTIFACTS / "screenshots" / "public").look_everywhere("sign-in-address-of-several")
    # It is the answer that a domain gets which nobody has claimed.
    enter_company(page, "una@nobodys.example")
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.get_by_role("main").inner_text() == several
    enter_company(page, first)
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
    log_in(page, "una")
    expect_greeting(page, "Una Unger", first, "REVIEWER")
    expect(page.locator("#target")).to_have_text("/reports/7")
