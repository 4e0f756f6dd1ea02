"""Who is let in to each path of the settings, and whose forms are taken: all that the server's sources register."""

import re
import types
import urllib.error
import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import expect

from conftest import open_profile
from pages import expect_greeting, sign_in
from settings_paths import PAGES, PLACE_KINDS, ROUTES, SETTINGS, about_people
from test_invitations import add_workspace

PEOPLE = tuple(about_people())


class NoRedirection(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


OPENER = urllib.request.build_opener(NoRedirection)


class Visitor:
    """Sends requests with the cookies of a browser, and follows no redirection."""

    def __init__(self, demo, cookies):
        self.demo = demo
        self.cookie = "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies)
        self.token = None

    def send(self, method, path, accept="text/html", **fields):
        """The status of the answer, its headers and its text."""
        body = urllib.parse.urlencode(fields).encode() if method == "POST" else None
        request = urllib.request.Request(self.demo.url(path), body, {"Accept": accept}, method=method)
        if self.cookie:
            request.add_header("Cookie", self.cookie)
        try:
            with OPENER.open(request, timeout=30) as answer:
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.headers, answer.read().decode()

    def take_token(self, path):
        """Keeps the token that the forms of a page carry."""
        status, _, text = self.send("GET", path)
        assert status == 200
        self.token = re.search(r'name="csrf" value="([^"]+)"', text).group(1)
        return self


def code(text):
    """The code that an error page names."""
    return re.search(r"<dt>Code</dt><dd><code>([^<]+)<", text).group(1)


@pytest.fixture(scope="module")
def visitors(demo, browser):
    """People of company-a, and an administrator of another workspace, each at a browser of their own."""
    add_workspace(demo, "paths-other")
    contexts = []

    def signed_in(company_id, name, display_name, role):
        contexts.append(open_profile(browser))
        page = contexts[-1].new_page()
        sign_in(page, demo, company_id, name)
        expect_greeting(page, display_name, company_id, role)
        return Visitor(demo, contexts[-1].cookies(demo.url("/")))

    contexts.append(open_profile(browser))
    page = contexts[-1].new_page()
    page.goto(demo.portico("setup-link", "company-a").stdout.splitlines()[0])
    page.get_by_role("button", name="Open the settings").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    setup = Visitor(demo, contexts[-1].cookies(demo.url("/")))
    this = "workspace_id = (SELECT workspace_id FROM workspaces WHERE company_id = 'company-a')"
    member = signed_in("company-a", "bob", "Bob Baker", "LABELER")
    for kind in PLACE_KINDS:
        demo.sql(
            f"INSERT INTO {kind}s (workspace_id, {kind}_id) SELECT workspace_id, 'a-{kind}' FROM workspaces"
            " WHERE company_id = 'company-a' ON CONFLICT DO NOTHING"
        )
    yield types.SimpleNamespace(
        nobody=Visitor(demo, []),
        member=member,
        administrator=signed_in("company-a", "ann", "Ann Archer", "ADMIN").take_token(PAGES["members"]),
        other=signed_in("paths-other", "ann", "Ann Archer", "ADMIN").take_token(PAGES["members"]),
        setup=setup.take_token(PAGES["singleSignOn"]),
        ids={
            ":user": demo.sql(f"SELECT user_id FROM memberships WHERE {this} AND email = 'bob@company.example'"),
            ":session": demo.sql(f"SELECT session_id FROM sessions WHERE {this} ORDER BY authenticated_at DESC LIMIT 1"),
            **{f"{PAGES['places']}/{kind}": f"a-{kind}" for kind in PLACE_KINDS},
        },
    )
    for context in contexts:
        context.close()


def filled(path, visitors):
    """A registered path with the ids of somebody in company-a; a new parameter wants an id here."""
    return re.sub(r":\w+", lambda match: visitors.ids[match.group()], path)


def events(demo, company_id="company-a"):
    """How much stands in the audit log of a workspace."""
    this = f"workspace_id = (SELECT workspace_id FROM workspaces WHERE company_id = '{company_id}')"
    return demo.sql(f"SELECT count(*) FROM audit_events WHERE {this}")


@pytest.mark.parametrize("method, route", ROUTES)
def test_a_path_is_not_there_for_whoever_is_no_administrator(demo, visitors, method, route):
    path = filled(route, visitors)
    before = events(demo)

    # Whoever is not signed in is asked to, and comes back to a page.
    status, headers, _ = visitors.nobody.send(method, path)
    back = path if method == "GET" else SETTINGS
    assert status == 303
    assert headers["Location"] == f"/.portico/sign-in?rd={back}"
    assert visitors.nobody.send(method, path, accept="application/json")[0] == 401

    status, _, text = visitors.member.send(method, path)
    assert (status, code(text)) == (404, "not_found")

    # An administrator of another workspace is at their own, where nobody of this one is.
    if route != path:
        fields = {"csrf": visitors.other.token, "role": "ADMIN"} if method == "POST" else {}
        status, _, text = visitors.other.send(method, path, **fields)
        assert status == 404
        # Of a person or a session that is not there one's own list tells.
        lists = {PAGES["members"]: "This person is no member.", PAGES["sessions"]: "Nothing was left to end."}
        if words := [lists[page] for page in lists if route.startswith(page + "/")]:
            assert words[0] in text
            assert "company-a" not in text and "bob@company.example" not in text
        else:
            assert code(text) == "not_found"
    elif method == "GET":
        text = visitors.other.send(method, path)[2]
        assert "company-a" not in text and "bob@company.example" not in text

    # A setup link opens no page about people.
    if path.startswith(PEOPLE):
        fields = {"csrf": visitors.setup.token} if method == "POST" else {}
        status, _, text = visitors.setup.send(method, path, **fields)
        assert (status, code(text)) == (404, "not_found")
    assert events(demo) == before


@pytest.mark.parametrize("route", [route for method, route in ROUTES if method == "POST"])
def test_a_form_wants_the_token_of_this_very_browser(demo, visitors, route):
    path = filled(route, visitors)
    before = events(demo)
    for token in [{}, {"csrf": ""}, {"csrf": visitors.other.token}, {"csrf": visitors.setup.token}]:
        status, _, text = visitors.administrator.send("POST", path, **token)
        assert (status, code(text)) == (403, "cross_site_refused")
    assert events(demo) == before


@pytest.mark.parametrize("route", [route for method, route in ROUTES if method == "GET"])
def test_an_administrator_finds_every_page(visitors, route):
    path = filled(route, visitors)
    # The result of a test is found by its id alone, and so is a place, whose id stands in the query.
    if path.startswith(PAGES["places"] + "/"):
        assert visitors.administrator.send("GET", path)[0] == 400
        path += "?id=" + visitors.ids[path]
    expected = 404 if path == PAGES["singleSignOn"] + "/test" else 200
    assert visitors.administrator.send("GET", path)[0] == expected
