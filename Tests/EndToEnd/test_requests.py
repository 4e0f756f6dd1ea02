"""Signed requests by HTTP-POST and HTTP-Redirect and encrypted assertions, with a real identity provider that insists on both."""

import json
import urllib.request

import pytest
from playwright.sync_api import expect

from identity_provider import keys_of_portico, knowing
from pages import authenticate, enter_company, expect_greeting, expect_refusal, sign_in

SETTINGS = ["sign-requests", "require-encryption", "force-authn"]


@pytest.fixture
def strict(demo):
    """The identity provider takes signed requests alone and encrypts; company-b goes along with it."""
    settings = [keys_of_portico(demo), "['validate.authnrequest'] = true", "['assertion.encryption'] = true"]
    with knowing(demo, settings):
        flags = [f"--{name}" for name in SETTINGS]
        demo.portico("saml", "configure", "company-b", "--request-binding", "post", *flags)
        try:
            yield demo
        finally:
            flags = [f"--no-{name}" for name in SETTINGS]
            demo.portico("saml", "configure", "company-b", "--request-binding", "redirect", *flags)


def test_a_signed_form_and_an_encrypted_assertion_sign_a_person_in(strict, page):
    posted = []
    page.on("request", lambda request: posted.append(request) if request.method == "POST" else None)
    sign_in(page, strict, "company-b", "ann", "/reports/7")
    expect_greeting(page, "Ann Archer", "company-b", "REVIEWER")
    assert page.url == strict.url("/reports/7")
    requests = [each for each in posted if "SSOService" in each.url]
    assert len(requests) == 1 and "SAMLRequest=" in requests[0].post_data


def test_a_signed_redirect_signs_a_person_in(strict, page):
    strict.portico("saml", "configure", "company-b", "--request-binding", "redirect")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "SAMLRequest=" in request.url else None)
    sign_in(page, strict, "company-b", "ann")
    expect_greeting(page, "Ann Archer", "company-b", "REVIEWER")
    assert "&SigAlg=" in asked[0] and "&Signature=" in asked[0]


def test_the_form_goes_on_by_hand_where_scripts_are_off(strict, new_person):
    page = new_person(java_script_enabled=False).new_page()
    page.goto(strict.url("/.portico/sign-in"))
    enter_company(page, "company-b")
    expect(page.get_by_role("heading")).to_contain_text("Signing in to Company B")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(strict.state["identity_provider_url"] + "**")
    expect(page.locator("#username")).to_be_visible()


def test_an_unsigned_request_gets_nobody_past_such_an_identity_provider(strict, page):
    page.goto(strict.url("/"))
    enter_company(page, "company-a")
    page.wait_for_url(strict.state["identity_provider_url"] + "**")
    expect(page.locator("#username")).to_have_count(0)


def test_a_readable_assertion_is_refused_where_encryption_is_required(demo, page):
    demo.portico("saml", "configure", "company-b", "--require-encryption")
    try:
        sign_in(page, demo, "company-b", "ann")
        expect_refusal(page, "decryption_failed")
    finally:
        demo.portico("saml", "configure", "company-b", "--no-require-encryption")


def test_a_class_of_authentication_is_asked_for_and_checked(demo, new_person):
    """The identity provider names Password on plain http, whatever it is asked for."""
    try:
        demo.portico("saml", "configure", "company-b", "--authn-context", "Password", "--name-id-policy", "transient")
        page = new_person().new_page()
        sign_in(page, demo, "company-b", "ann")
        expect_greeting(page, "Ann Archer", "company-b", "REVIEWER")
        demo.portico("saml", "configure", "company-b", "--authn-context", "TimeSyncToken")
        page = new_person().new_page()
        sign_in(page, demo, "company-b", "ann")
        expect_refusal(page, "authn_context_refused")
    finally:
        demo.portico("saml", "configure", "company-b", "--authn-context", "", "--name-id-policy", "any")


def test_the_keys_are_those_of_the_list_and_survive_nothing_in_the_clear(demo):
    keys = json.loads(demo.portico("keys", "list", "--json").stdout)
    saml = [key for key in keys if key["use"] != "identity"]
    assert sorted(key["use"] for key in saml) == ["encryption", "signing"]
    with urllib.request.urlopen(demo.url("/.portico/saml/metadata"), timeout=30) as response:
        metadata = response.read().decode()
    for key in saml:
        assert "".join(key["certificate"].splitlines()[1:-1]) in metadata
    assert demo.sql("SELECT count(*) FROM sp_keys WHERE position('PRIVATE KEY' IN encode(sealed_key, 'escape')) > 0") == "0"
    secret = demo.folder / ".portico" / "secret-key"
    assert secret.stat().st_mode & 0o077 == 0
