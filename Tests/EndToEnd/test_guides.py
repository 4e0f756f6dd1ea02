"""The guides for identity providers in a browser: looked at as the other settings are, and followed at SimpleSAMLphp."""

import urllib.request

import pytest
from playwright.sync_api import expect

from conftest import ARTIFACTS
from identity_provider import adding
from pages import expect_greeting, sign_in
from test_settings import SINGLE_SIGN_ON, add_workspace, metadata
from watch import Watch


@pytest.mark.parametrize("script", [True, False], ids=["with-script", "without-script"])
def test_a_guide_has_the_values_to_copy_and_leads_to_the_preset(demo, new_person, script):
    link = add_workspace(demo, "guided" if script else "guided-plain", "Acme Research")
    context = new_person(java_script_enabled=script)
    page = context.new_page()
    watch = Watch(page, ARTIFACTS / "screenshots" / "guides") if script else None
    page.goto(link)
    page.get_by_role("button", name="Open the settings").click()
    page.get_by_role("link", name="Microsoft Entra ID").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Microsoft Entra ID, step by step")
    expect(page.get_by_label("Reply URL")).to_have_value(demo.url("/.portico/saml/acs"))
    if script:
        watch.look_everywhere("entra")
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.get_by_role("button", name="Copy the value for Reply URL").click()
        expect(page.locator("#announcement")).to_contain_text("is copied")
        assert page.evaluate("navigator.clipboard.readText()") == demo.url("/.portico/saml/acs")
        look_at_the_others(page, watch)
    page.get_by_role("link", name="fill in the preset").click()
    email = page.locator("#attributes-email")
    expect(email).to_have_value("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress")
    sign_in_url = page.get_by_label("Identity provider sign-in URL")
    sign_in_url.fill("https://idp.example/sso")
    page.get_by_label("Attribute names").select_option("google")
    fill_in = page.get_by_role("button", name="Fill in its names")
    if script:
        # The script did so when the preset was chosen.
        expect(fill_in).to_be_hidden()
    else:
        fill_in.click()
    expect(email).to_have_value("Email")
    expect(sign_in_url).to_have_value("https://idp.example/sso")


def look_at_the_others(page, watch):
    """Pictures of the guides that nobody follows here."""
    here = page.url
    for name in ["Okta", "Google Workspace", "PingOne", "OneLogin", "AD FS", "Keycloak"]:
        page.goto(here.rsplit("/guides", 1)[0])
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"{name}, step by step")
        watch.look_everywhere(name.lower().replace(" ", "-"))
    page.goto(here)


def test_simplesamlphp_sends_what_its_guide_has_it_send(demo, new_person, tmp_path):
    company_id = "by-the-guide"
    demo.portico("workspace", "create", company_id, "--name", "By the Guide", "--sp-issuer", "portico-by-the-guide")
    demo.portico("domain", "claim", company_id, "company.example", "--operator-override")
    document = tmp_path / "idp.xml"
    document.write_bytes(urllib.request.urlopen(metadata(demo), timeout=30).read())
    # Names that nothing sends unless the guide makes it.
    names = "email=mailOf,display_name=nameOf,roles=rolesOf"
    demo.portico("saml", "configure", company_id, "--metadata", str(document), "--attributes", names)
    demo.portico("saml", "enable", company_id)
    people = demo.people
    people["bob"]["attributes"] |= {
        "mail": ["bob@company.example"],
        "memberOf": [f"cn={company_id}_SUPERVISOR,ou=groups,dc=company,dc=example", "cn=staff,dc=company,dc=example"],
    }
    demo.people = people

    page = new_person().new_page()
    watch = Watch(page, ARTIFACTS / "screenshots" / "guides")
    page.goto(demo.portico("setup-link", company_id).stdout.splitlines()[0])
    page.get_by_role("button", name="Open the settings").click()
    page.goto(demo.url(SINGLE_SIGN_ON))
    page.get_by_role("link", name="SimpleSAMLphp").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("SimpleSAMLphp, step by step")
    watch.look_everywhere("simplesamlphp")
    with adding(demo, page.get_by_label("Entry of Portico").input_value()):
        member = new_person().new_page()
        sign_in(member, demo, company_id, "bob")
        expect_greeting(member, "Bob Baker", company_id, "SUPERVISOR")
