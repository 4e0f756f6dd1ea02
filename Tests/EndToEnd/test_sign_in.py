"""Signing in through a real identity provider, from the person's chair."""

from urllib.parse import urljoin

import pytest
from playwright.sync_api import expect

from pages import authenticate, enter_company, expect_greeting, expect_refusal, header, sign_in


def test_a_person_signs_in_by_form_and_the_application_greets_them(demo, page):
    sign_in(page, demo, "company-a", "ann")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    assert header(page, "X-Forwarded-Email") == "ann@company.example"
    assert header(page, "X-Forwarded-Preferred-Username") == "Ann%20Archer"
    assert header(page, "X-Portico-Workspace") == "company-a"
    assert header(page, "X-Portico-Role") == "ADMIN"
    assert len(header(page, "X-Forwarded-User")) == 36


def test_the_gateways_cookies_never_reach_the_application(demo, page):
    sign_in(page, demo, "company-a", "ann")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    names = {cookie["name"]: cookie for cookie in page.context.cookies(demo.url("/"))}
    session = names["__Host-portico_session"]
    assert session["httpOnly"] and session["secure"] and session["sameSite"] == "Lax"
    page.context.add_cookies([{"name": "application", "value": "own", "url": demo.url("/")}])
    page.reload()
    page.locator("summary").click()
    assert header(page, "Cookie") == "application=own"


def test_headers_of_the_client_are_not_believed(demo, page):
    sign_in(page, demo, "company-a", "bob")
    expect_greeting(page, "Bob Baker", "company-a", "LABELER")
    user = header(page, "X-Forwarded-User")
    page.set_extra_http_headers(
        {"X-Portico-Role": "ADMIN", "X_Portico_Role": "ADMIN", "X-Forwarded-User": "ann", "X-Portico-Anything": "1"}
    )
    page.reload()
    expect_greeting(page, "Bob Baker", "company-a", "LABELER")
    assert header(page, "X-Forwarded-User") == user
    assert header(page, "X-Portico-Anything") is None
    assert header(page, "X_Portico_Role") is None


@pytest.mark.parametrize("path", ["/reports/42?tab=open&sort=-age", "/a%2Fb/%C3%BC?q=%26+x"])
def test_a_person_lands_on_the_page_that_they_asked_for(demo, page, path):
    sign_in(page, demo, "company-a", "ann", path)
    expect(page.locator("#target")).to_have_text(path)
    assert page.url == demo.url(path)


def test_a_deep_link_names_the_company_and_the_page(demo, page):
    page.goto(demo.url("/.portico/sign-in?company_id=company-a&rd=/reports/7"))
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
    authenticate(page, "ann")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    assert page.url == demo.url("/reports/7")


def test_a_deep_link_never_leaves_the_site(demo, page):
    page.goto(demo.url("/.portico/sign-in?company_id=company-a&rd=//elsewhere.example/"))
    page.wait_for_url(demo.state["identity_provider_url"] + "**")
    authenticate(page, "ann")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    assert page.url == demo.url("/")


def test_the_company_id_may_be_typed_in_any_case_and_with_spaces(demo, page):
    sign_in(page, demo, "  Company-A ", "ann")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")


def test_an_unknown_company_id_is_told_apart_from_nothing_else(demo, page):
    page.goto(demo.url("/"))
    enter_company(page, "company-z")
    expect(page.locator("body")).to_contain_text("Company ID")
    assert page.url.startswith(demo.url("/.portico/"))
    assert not any(cookie["name"].endswith("_session") for cookie in page.context.cookies(demo.url("/")))


def test_no_match_is_refused_and_writes_no_member(demo, page):
    sign_in(page, demo, "company-a", "cleo")
    expect_refusal(page, "roles_no_match")
    assert demo.sql("SELECT count(*) FROM memberships WHERE email = 'cleo@company.example'") == "0"


def test_the_second_workspace_on_the_same_idp_has_its_own_role(demo, page):
    sign_in(page, demo, "company-b", "ann")
    expect_greeting(page, "Ann Archer", "company-b", "REVIEWER")


def test_an_idp_that_still_knows_the_person_asks_for_nothing(demo, page):
    sign_in(page, demo, "company-a", "ann")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    page.goto(demo.url("/.portico/sign-out"))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    page.goto(demo.url("/"))
    enter_company(page, "company-a")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")


def test_two_tabs_sign_in_at_once(demo, new_person):
    context = new_person()
    first, second = context.new_page(), context.new_page()
    for tab, path in [(first, "/first"), (second, "/second")]:
        tab.goto(demo.url(path))
        enter_company(tab, "company-a")
        tab.wait_for_url(demo.state["identity_provider_url"] + "**")
    authenticate(second, "ann")
    expect(second.locator("#target")).to_have_text("/second")
    authenticate(first, "ann")
    expect(first.locator("#target")).to_have_text("/first")
    second.reload()
    expect_greeting(second, "Ann Archer", "company-a", "ADMIN")


def test_a_response_serves_one_browser_and_one_time(demo, new_person):
    mine, other = new_person().new_page(), new_person().new_page()
    posted = []
    mine.on("request", lambda request: posted.append(request) if request.url.endswith("/saml/acs") else None)
    sign_in(mine, demo, "company-a", "ann")
    expect_greeting(mine, "Ann Archer", "company-a", "ADMIN")
    fields = posted[0].post_data
    for page in [mine, other]:
        answer = page.request.post(
            posted[0].url,
            data=fields,
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
            max_redirects=0,
        )
        assert answer.status == 400
        assert answer.json()["code"] == "request_unknown_or_used"
    other.goto(demo.url("/"))
    expect(other.get_by_label("Company ID")).to_be_visible()


def test_a_program_without_a_session_gets_json_and_no_redirect(demo, page):
    answer = page.request.get(demo.url("/api/things"), headers={"Accept": "application/json"}, max_redirects=0)
    assert answer.status == 401
    assert answer.json()["code"] == "session_required"
    assert urljoin(demo.url("/api/things"), answer.json()["sign_in_url"]).startswith(demo.url("/.portico/sign-in"))
