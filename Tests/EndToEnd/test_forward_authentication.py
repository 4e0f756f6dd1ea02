"""nginx and Caddy stay in front of an application and ask Portico, with the configurations of the manual as they stand."""

import pytest
from playwright.sync_api import expect

from front_proxy import Caddy, Nginx
from identity_provider import knowing
from pages import authenticate, enter_company, header

SPOOFED = {
    "X-Forwarded-User": "forged",
    "X-Forwarded-Email": "forged",
    "X-Forwarded-Preferred-Username": "forged",
    "X-Forwarded-Groups": "forged",
    "X-Portico-Workspace": "forged",
    "X-Portico-Workspace-Id": "forged",
    "X-Portico-Role": "forged",
    "X-Portico-Spaces": "forged",
    "X-Portico-Projects": "forged",
    "X-Portico-Jwt-Assertion": "forged",
    "X-Auth-Request-User": "forged",
    "X-Auth-Request-Groups": "forged",
    "Remote-User": "forged",
    "Remote-Groups": "forged",
    "X_Portico_Role": "forged",
    "X_Forwarded_User": "forged",
    "Remote_User": "forged",
}


@pytest.fixture(params=[Nginx, Caddy], ids=["nginx", "caddy"])
def front(request, demo):
    """A proxy in front of the demonstration's application, with a gateway of its own to ask."""
    application = demo.state["application_url"].removeprefix("http://")
    proxy = request.param()
    node = demo.node(
        demo.state["application_url"], PORTICO_PUBLIC_URL=proxy.url, PORTICO_TRUSTED_PROXIES="127.0.0.1/32"
    )
    location = f"{proxy.url}/.portico/saml/acs"
    binding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
    service = f"['index' => 0, 'Binding' => '{binding}', 'Location' => '{location}']"
    with (
        knowing(demo, [f"['AssertionConsumerService'] = [{service}]"]),
        node.start(),
        proxy.configure(f"127.0.0.1:{node.port}", application),
    ):
        yield proxy


def expect_role(page, role):
    """The application is told this role, and is the page that is open."""
    expect(page.locator('[data-header="x-portico-role"]')).to_have_text(role)


def sign_in(page, demo, front, path):
    page.goto(front.url + path)
    enter_company(page, "company-a")
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
    authenticate(page, "bob")
    expect_role(page, "LABELER")


def test_a_person_signs_in_behind_another_proxy(demo, front, page):
    # Both parameters of the deep link survive the sign-in.
    sign_in(page, demo, front, "/reports/42?tab=open&sort=a%26b")
    assert page.url == front.url + "/reports/42?tab=open&sort=a%26b"
    assert len(header(page, "X-Forwarded-User")) == 36
    assert header(page, "X-Portico-Workspace") == "company-a"
    token = header(page, "X-Portico-Jwt-Assertion")
    assert token.count(".") == 2

    # Whatever the browser sends, the application is told the person.
    user = header(page, "X-Forwarded-User")
    page.set_extra_http_headers(SPOOFED)
    page.reload()
    page.locator("summary").click()
    expect_role(page, "LABELER")
    assert header(page, "X-Forwarded-User") == user
    assert "forged" not in page.content()

    # The end of the session is the end behind the other proxy too.
    page.set_extra_http_headers({})
    page.goto(front.url + "/.portico/sign-out")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    page.goto(front.url + "/reports/42")
    expect(page.get_by_label("Company ID")).to_be_visible()


def test_nobody_but_the_proxy_asks(front, page):
    answer = page.request.get(front.url + "/.portico/auth", headers={"X-Original-URI": "/"}, max_redirects=0)
    assert answer.status == 404


def test_a_request_without_a_session_reaches_no_application(front, page):
    answer = page.request.get(front.url + "/api", headers=SPOOFED, max_redirects=0)
    assert answer.status in [302, 401]
    assert "data-header" not in answer.text()
