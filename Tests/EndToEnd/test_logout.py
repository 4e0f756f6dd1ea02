"""Single logout from both sides, and a sign-in that begins at the identity provider."""

import json
import urllib.parse

import pytest
from playwright.sync_api import expect

from demonstration import free_port
from identity_provider import keys_of_portico, knowing
from pages import authenticate, expect_greeting, expect_refusal, sign_in

BINDINGS = {
    "redirect": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect",
    "post": "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST",
}


def logout_url(demo):
    return demo.state["identity_provider_url"] + "saml2/idp/SingleLogoutService.php"


@pytest.fixture(params=["redirect", "post"])
def single_logout(demo, request):
    """Both sides send each other signed logout messages and take no others.

    The identity provider sends by HTTP-Redirect or HTTP-POST. It is sent to by HTTP-Redirect alone, because its cookies
    are SameSite=Lax and do not come with another site's form.
    """
    endpoint = f"[['Binding' => '{BINDINGS[request.param]}', 'Location' => '{demo.url('/.portico/saml/slo')}']]"
    settings = [
        keys_of_portico(demo),
        f"['SingleLogoutService'] = {endpoint}",
        "['sign.logout'] = true",
        "['validate.logout'] = true",
    ]
    with knowing(demo, settings):
        demo.portico("saml", "configure", "company-b", "--slo-url", logout_url(demo))
        try:
            yield demo
        finally:
            demo.portico("saml", "configure", "company-b", "--slo-url", "")


def expect_identity_provider_to_ask(page, demo):
    """Nobody is signed in at the identity provider any more."""
    page.goto(demo.url("/.portico/sign-in?company_id=company-b"))
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
    expect(page.locator("#username")).to_be_visible()


def test_signing_out_ends_the_session_at_the_identity_provider(single_logout, page):
    demo = single_logout
    sign_in(page, demo, "company-b", "ann")
    expect_greeting(page, "Ann Archer", "company-b", "REVIEWER")
    page.goto(demo.url("/.portico/sign-out"))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Your identity provider has ended your session too.")).to_be_visible()
    assert page.url.startswith(demo.url("/.portico/saml/slo"))
    page.goto(demo.url("/"))
    expect(page.get_by_label("Company ID")).to_be_visible()
    expect_identity_provider_to_ask(page, demo)


def test_the_identity_provider_ends_the_session_here_and_no_other(single_logout, page, new_person):
    demo = single_logout
    elsewhere = new_person().new_page()
    for each in [elsewhere, page]:
        sign_in(each, demo, "company-b", "ann")
        expect_greeting(each, "Ann Archer", "company-b", "REVIEWER")
    page.goto(logout_url(demo) + "?ReturnTo=" + urllib.parse.quote(demo.url("/"), safe=""))
    expect(page.get_by_label("Company ID")).to_be_visible()
    expect_identity_provider_to_ask(page, demo)
    elsewhere.reload()
    expect_greeting(elsewhere, "Ann Archer", "company-b", "REVIEWER")
    events = json.loads(demo.portico("audit", "company-b", "--json").stdout)
    assert any(event["action"] == "sign_out" and event["actor"] == "idp" for event in events)


def test_an_identity_provider_that_is_gone_keeps_nobody_signed_in(demo, page):
    nowhere = f"http://127.0.0.1:{free_port()}/slo"
    demo.portico("saml", "configure", "company-b", "--slo-url", nowhere)
    try:
        sign_in(page, demo, "company-b", "ann")
        expect_greeting(page, "Ann Archer", "company-b", "REVIEWER")
        page.goto(demo.url("/.portico/sign-out"))
        with page.expect_event("requestfailed", lambda request: request.url.startswith(nowhere)):
            page.get_by_role("button", name="Sign out").click()
        # The first tab is still busy with the browser's own error page.
        other = page.context.new_page()
        other.goto(demo.url("/"))
        expect(other.get_by_label("Company ID")).to_be_visible()
    finally:
        demo.portico("saml", "configure", "company-b", "--slo-url", "")


@pytest.fixture
def own_endpoint(demo):
    """Company B has an assertion consumer service of its own, and says when a sign-in may begin elsewhere."""

    def apply(style, allowed):
        settings = demo.folder / "company-b.yaml"
        saml = f"{{acs_style: {style}, allow_idp_initiated: {str(allowed).lower()}}}"
        settings.write_text(f"workspaces: [{{company_id: company-b, saml: {saml}}}]")
        demo.portico("workspace", "apply", "-f", settings)

    apply("own", False)
    try:
        yield apply
    finally:
        apply("shared", False)


def test_a_sign_in_begins_at_the_identity_provider_where_that_is_allowed(demo, own_endpoint, page):
    parameters = {
        "spentityid": "portico",
        "ConsumerURL": demo.url("/.portico/saml/company-b/acs"),
        "RelayState": '{"companyId":"company-b"}',
    }
    start = demo.state["identity_provider_url"] + "saml2/idp/SSOService.php?" + urllib.parse.urlencode(parameters)
    page.goto(start)
    authenticate(page, "ann")
    expect_refusal(page, "unsolicited_refused")
    own_endpoint("own", True)
    page.goto(start)
    expect_greeting(page, "Ann Archer", "company-b", "REVIEWER")
