"""nginx and Caddy stay in front of an application and ask Portico, with the configurations of the manual as they stand."""

import contextlib
import json

import pytest
from playwright.sync_api import expect

from demonstration import eventually
from front_proxy import Caddy, Nginx
from identity_provider import knowing_address
from numbered_application import NUMBER, NumberedApplication
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


PROXIES = {"params": [Nginx, Caddy], "ids": ["nginx", "caddy"]}

# What routes ask for besides a session, by path.
RULES = {"/": {}, "/labels": {"roles": ["LABELER"], "methods": ["GET", "POST"]}, "/admin": {"roles": ["ADMIN"]}}


@contextlib.contextmanager
def in_front_of(application, demo, proxy, **settings):
    """A proxy in front of an application, with a gateway of its own to ask."""
    node = demo.node(
        application, **{"PORTICO_PUBLIC_URL": proxy.url, "PORTICO_TRUSTED_PROXIES": "127.0.0.1/32"} | settings
    )
    with (
        knowing_address(demo, proxy.url),
        node.start(),
        proxy.configure(f"127.0.0.1:{node.port}", application.removeprefix("http://")),
    ):
        yield proxy


@pytest.fixture(**PROXIES)
def front(request, demo):
    """A proxy in front of the demonstration's application."""
    with in_front_of(demo.state["application_url"], demo, request.param()) as proxy:
        yield proxy


@pytest.fixture
def application():
    with NumberedApplication() as application:
        yield application


@pytest.fixture(**PROXIES)
def guarded(request, demo, application, tmp_path):
    """A proxy in front of an application with rules."""
    routes = [
        {"name": f"route{path}", "path_prefix": path, "upstreams": [application.url], **rules}
        for path, rules in RULES.items()
    ]
    file = tmp_path / "portico.yaml"
    file.write_text(json.dumps({"routes": routes}))
    settings = {"PORTICO_UPSTREAM": "", "PORTICO_CONFIG": str(file)}
    with in_front_of(application.url, demo, request.param(), **settings) as proxy:
        yield proxy


def expect_role(page, role):
    """The application is told this role, and is the page that is open."""
    expect(page.locator('[data-header="x-portico-role"]')).to_have_text(role)


def sign_in(page, demo, front, path):
    page.goto(front.url + path)
    enter_company(page, "company-a")
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
    authenticate(page, "bob")


def test_a_person_signs_in_behind_another_proxy(demo, front, page):
    # Both parameters of the deep link survive the sign-in.
    sign_in(page, demo, front, "/reports/42?tab=open&sort=a%26b")
    expect_role(page, "LABELER")
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


def test_a_route_keeps_its_roles_and_methods_behind_another_proxy(demo, guarded, application, page):
    sign_in(page, demo, guarded, "/")
    expect(page.locator("body")).to_contain_text("GET None 0")

    def ask(method, path, **headers):
        """The status; an answer of 200 is the application's, and of any other request it learns nothing."""
        headers = {NUMBER: "1", **headers}
        answer = page.request.fetch(guarded.url + path, method=method, headers=headers, max_redirects=0)
        assert application.received.pop("1", 0) == (answer.status == 200)
        return answer.status

    assert [ask("GET", "/"), ask("DELETE", "/"), ask("GET", "/labels/1"), ask("POST", "/labels/1")] == [200] * 4
    assert [ask("DELETE", "/labels/1"), ask("PUT", "/labels")] == [403] * 2
    assert [ask("GET", "/admin"), ask("GET", "/admin/people?x=/labels"), ask("POST", "/admin")] == [403] * 3
    # What a browser says of its request is not what counts.
    lies = [{name: "/"} for name in ("X-Original-URI", "X-Original-URL", "X-Forwarded-Uri")]
    lies.append({"X-Original-Method": "GET", "X-Forwarded-Method": "GET"})
    assert [ask("GET", "/admin", **lie) for lie in lies] == [403] * len(lies)
    assert [ask("DELETE", "/labels/1", **lie) for lie in lies] == [403] * len(lies)
    # Another role counts from the next request on.
    demo.portico("member", "set-role", "company-a", "bob@company.example", "ADMIN")
    eventually(lambda: ask("GET", "/admin") == 200, "the new role", 10)
    assert ask("GET", "/labels/1") == 403


def test_nobody_but_the_proxy_asks(front, page):
    answer = page.request.get(front.url + "/.portico/auth", headers={"X-Original-URI": "/"}, max_redirects=0)
    assert answer.status == 404


def test_a_request_without_a_session_reaches_no_application(front, page):
    answer = page.request.get(front.url + "/api", headers=SPOOFED, max_redirects=0)
    assert answer.status in [302, 401]
    assert "data-header" not in answer.text()
