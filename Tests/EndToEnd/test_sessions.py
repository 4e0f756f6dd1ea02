"""The life of a session: its end by the person and by the operator, and a database that goes away."""

import pytest
from playwright.sync_api import expect

from demonstration import Demonstration, eventually
from pages import enter_company, expect_greeting, expect_refusal, sign_in


def test_a_person_signs_out(demo, page):
    sign_in(page, demo, "company-a", "bob")
    expect_greeting(page, "Bob Baker", "company-a", "LABELER")
    page.locator("footer").get_by_role("link", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    page.goto(demo.url("/"))
    expect(page.get_by_label("Company ID")).to_be_visible()


def test_a_person_signs_out_of_the_identity_provider_to_be_somebody_else(demo, page):
    sign_in(page, demo, "company-a", "bob")
    expect_greeting(page, "Bob Baker", "company-a", "LABELER")
    page.get_by_role("link", name="Sign out of the identity provider").click()
    page.wait_for_url(demo.url("/"))
    page.goto(demo.url("/.portico/sign-out"))
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, demo, "company-a", "ann")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")


def test_signing_out_needs_a_form_of_portico(demo, page):
    sign_in(page, demo, "company-a", "bob")
    expect_greeting(page, "Bob Baker", "company-a", "LABELER")
    answer = page.request.post(
        demo.url("/.portico/sign-out"),
        headers={"Sec-Fetch-Site": "cross-site", "Origin": "http://elsewhere.example"},
        max_redirects=0,
    )
    assert answer.status == 403
    page.reload()
    expect_greeting(page, "Bob Baker", "company-a", "LABELER")


def test_the_operator_revokes_a_session(demo, page):
    sign_in(page, demo, "company-a", "bob")
    expect_greeting(page, "Bob Baker", "company-a", "LABELER")
    demo.portico("session", "revoke", "company-a", "bob@company.example")

    def is_signed_out():
        page.goto(demo.url("/"))
        return page.get_by_label("Company ID").count() == 1

    eventually(is_signed_out, "the end of the session", timeout=5)


def test_another_workspace_takes_the_place_of_the_first(demo, page):
    sign_in(page, demo, "company-a", "ann")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    page.goto(demo.url("/.portico/sign-in?company_id=company-b"))
    page.get_by_role("button", name="Continue").click()
    expect_greeting(page, "Ann Archer", "company-b", "REVIEWER")


@pytest.fixture
def own_demo():
    demonstration = Demonstration()
    try:
        yield demonstration.start()
    finally:
        demonstration.remove()


def test_a_database_that_goes_away_and_comes_back(own_demo, page, new_person):
    demo = own_demo
    sign_in(page, demo, "company-a", "ann")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    database = demo.database()
    try:
        database.stop()
        eventually(lambda: demo.ready() == 503, "/ready to notice")
        page.goto(demo.url("/still/here"))
        expect_greeting(page, "Ann Archer", "company-a", "ADMIN")

        other = new_person().new_page()
        other.goto(demo.url("/"))
        with other.expect_response(lambda response: response.request.method == "POST") as answer:
            enter_company(other, "company-a")
        assert answer.value.status == 503
        expect_refusal(other, "unavailable")

        database.start()
        eventually(lambda: demo.ready() == 200, "/ready to notice that the database is back")
        sign_in(other, demo, "company-a", "bob")
        expect_greeting(other, "Bob Baker", "company-a", "LABELER")
        page.reload()
        expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    finally:
        database.close()
