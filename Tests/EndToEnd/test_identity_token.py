"""The identity token: what the sample application gets, and what the manual's examples make of it."""

import json
import time
import urllib.request

import pytest
from playwright.sync_api import expect

from demonstration import eventually
from key_set import AUDIENCE, Issuer
from manual import BY
from pages import expect_greeting, header, sign_in

ASSERTION = "X-Portico-Jwt-Assertion"

# One defect each.
REFUSED = {
    "nothing": lambda issuer: "",
    "no token": lambda issuer: "a.b.c",
    "a part too many": lambda issuer: issuer.token() + ".x",
    "no signature": lambda issuer: issuer.unsigned(),
    "an HMAC under the public key": lambda issuer: issuer.keyed_with_the_public_key(),
    "the signature of another token": lambda issuer: issuer.with_other_claims(),
    "the signature of another key": lambda issuer: issuer.token(key="unpublished", kid="first"),
    "an unknown key": lambda issuer: issuer.token(key="unpublished"),
    "another issuer": lambda issuer: issuer.token(iss="https://elsewhere.example"),
    "no issuer": lambda issuer: issuer.token(iss=None),
    "another audience": lambda issuer: issuer.token(aud="other"),
    "no audience": lambda issuer: issuer.token(aud=None),
    "an end that has passed": lambda issuer: issuer.token(iat=int(time.time()) - 400, exp=int(time.time()) - 100),
    "no end": lambda issuer: issuer.token(exp=None),
}


def fetch(url):
    with urllib.request.urlopen(url, timeout=30) as response:
        return response.headers, response.read()


@pytest.mark.parametrize("language", BY)
def test_the_example_refuses_what_proves_nothing(language, tmp_path):
    with Issuer() as issuer:
        tokens = [issuer.token(), *(make(issuer) for make in REFUSED.values()), issuer.token()]
        answers = BY[language](tokens, issuer.url, AUDIENCE, tmp_path)
    assert answers[0]["sub"] == answers[-1]["sub"] == "1"
    accepted = [name for name, answer in zip(REFUSED, answers[1:-1]) if answer is not None]
    assert accepted == []


@pytest.mark.parametrize("language", BY)
def test_the_example_fetches_the_key_set_for_a_new_key_alone(language, tmp_path):
    with Issuer() as issuer:
        tokens = [issuer.token(), issuer.token(), issuer.token(key="second"), issuer.token(key="second")]
        answers = BY[language](tokens, issuer.url, AUDIENCE, tmp_path)
        assert [answer["sub"] for answer in answers] == ["1"] * 4
        assert issuer.fetches == 2


@pytest.mark.parametrize("language", BY)
def test_the_example_accepts_the_token_that_the_application_gets(language, demo, page, tmp_path):
    sign_in(page, demo, "company-a", "ann")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    token = header(page, ASSERTION)
    [claims] = BY[language]([token], demo.url(), AUDIENCE, tmp_path)
    assert claims["sub"] == header(page, "X-Forwarded-User")
    assert claims["email"] == "ann@company.example"
    assert claims["name"] == "Ann Archer"
    assert claims["workspace"] == "company-a"
    assert claims["role"] == "ADMIN"
    assert claims["exp"] == claims["iat"] + 300
    sessions = json.loads(demo.portico("session", "list", "company-a", "--json").stdout)
    assert claims["sid"] in [session["id"] for session in sessions]
    # Another application's name, or another installation's, makes it worthless.
    assert BY[language]([token], demo.url(), "other", tmp_path) == [None]


def test_one_token_serves_many_requests_and_a_new_role_makes_another(demo, page):
    sign_in(page, demo, "company-a", "ann")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    first = header(page, ASSERTION)
    page.reload()
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    # Unless half of its life has passed on a machine that does much else.
    [before] = BY["python"]([first], demo.url(), AUDIENCE, None)
    if time.time() < before["iat"] + 140:
        assert header(page, ASSERTION) == first
    page.goto(demo.url("/.portico/sign-in?company_id=company-b"))
    page.get_by_role("button", name="Continue").click()
    expect_greeting(page, "Ann Archer", "company-b", "REVIEWER")
    [after] = BY["python"]([header(page, ASSERTION)], demo.url(), AUDIENCE, None)
    assert after["workspace"] == "company-b" and after["role"] == "REVIEWER"
    assert after["sub"] != before["sub"] and after["sid"] != before["sid"]


def test_a_browser_cannot_send_one(demo, new_person):
    page = new_person(extra_http_headers={ASSERTION: "forged"}).new_page()
    sign_in(page, demo, "company-a", "bob")
    expect_greeting(page, "Bob Baker", "company-a", "LABELER")
    assert header(page, ASSERTION).count(".") == 2
    expect(page.locator("body")).not_to_contain_text("forged")


def test_the_key_set_is_public_at_both_addresses_and_holds_public_keys_alone(demo):
    answers = [fetch(demo.url(path)) for path in ["/.portico/jwks.json", "/.well-known/portico/jwks.json"]]
    assert answers[0][1] == answers[1][1]
    headers, body = answers[0]
    assert headers["Content-Type"] == "application/jwk-set+json"
    assert headers["Cache-Control"] == "public, max-age=600"
    for key in json.loads(body)["keys"]:
        assert sorted(key) == ["alg", "crv", "kid", "kty", "use", "x", "y"]


def test_a_next_key_is_published_while_the_old_one_signs(demo, page):
    sign_in(page, demo, "company-a", "ann")
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    before = json.loads(fetch(demo.url("/.portico/jwks.json"))[1])["keys"]
    rows = json.loads(demo.portico("keys", "rotate", "--only", "identity", "--json").stdout)
    next_key = [row["id"] for row in rows if row["use"] == "identity" and row["state"] == "next"]

    def published():
        return [key["kid"] for key in json.loads(fetch(demo.url("/.portico/jwks.json"))[1])["keys"]]

    # A running gateway reads the keys every ten seconds.
    eventually(lambda: published() == [key["kid"] for key in before] + next_key, "the next key", 60)
    page.reload()
    expect_greeting(page, "Ann Archer", "company-a", "ADMIN")
    [claims] = BY["python"]([header(page, ASSERTION)], demo.url(), AUDIENCE, None)
    assert claims["role"] == "ADMIN"
