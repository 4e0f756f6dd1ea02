"""Metadata that is fetched anew, with a real identity provider whose key changes."""

import json
import pathlib
import subprocess
import urllib.request

import pytest
from playwright.sync_api import expect

from conftest import ARTIFACTS
from demonstration import eventually
from https_address import HTTPSAddress
from pages import expect_greeting, expect_refusal, sign_in


@pytest.fixture
def published(demo):
    """The metadata of company-b comes from an https address."""
    metadata = demo.state["identity_provider_url"] + "saml2/idp/metadata.php"
    with HTTPSAddress(metadata) as address:
        demo.portico("saml", "configure", "company-b", "--metadata", address.url)
        try:
            # The gateway fetches by itself, soon, what was imported from an address.
            eventually(lambda: shown(demo)["idp_metadata"].get("refreshed_at"), "the first refresh", 120)
            yield address
        finally:
            # From a file, nothing is fetched any more.
            file = demo.folder / "idp.xml"
            with urllib.request.urlopen(metadata, timeout=30) as response:
                file.write_bytes(response.read())
            demo.portico("saml", "configure", "company-b", "--metadata", file)


@pytest.fixture
def new_key(published, demo):
    """Gives the identity provider another key, and its own one back afterwards."""
    keys = pathlib.Path(demo.state["people_file"]).parent / "keys"
    files = [keys / "idp.pem", keys / "idp.crt"]
    before = [file.read_bytes() for file in files]

    def fingerprint():
        shown = subprocess.run(
            ["openssl", "x509", "-in", files[1], "-noout", "-fingerprint", "-sha256"],
            check=True, capture_output=True, text=True, timeout=60,
        )
        return shown.stdout.strip().split("=")[1]

    def change():
        old = fingerprint()
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-noenc", "-sha256", "-days", "3650",
             "-subj", "/CN=The next key", "-keyout", files[0], "-out", files[1]],
            check=True, capture_output=True, timeout=120,
        )
        return old, fingerprint()

    yield change
    for file, content in zip(files, before):
        file.write_bytes(content)


def shown(demo):
    return json.loads(demo.portico("saml", "show", "company-b", "--json").stdout)


def events(demo):
    return json.loads(demo.portico("audit", "company-b", "--json").stdout)


def test_a_new_key_signs_nobody_in_until_it_is_approved(new_key, demo, new_person):
    page = new_person().new_page()
    sign_in(page, demo, "company-b", "ann")
    expect_greeting(page, "Ann Archer", "company-b", "REVIEWER")

    old, new = new_key()
    demo.portico("saml", "refresh", "company-b")
    page = new_person().new_page()
    sign_in(page, demo, "company-b", "ann")
    expect_refusal(page, "signature_invalid")
    pending = json.loads(demo.portico("saml", "pending", "company-b", "--json").stdout)
    assert [(each["change"], each["sha256_fingerprint"]) for each in pending] == [("add", new), ("remove", old)]
    assert pending[0]["subject"] == "CN=The next key"

    demo.portico("saml", "approve", "company-b", new)
    page = new_person().new_page()
    sign_in(page, demo, "company-b", "ann")
    expect_greeting(page, "Ann Archer", "company-b", "REVIEWER")
    # In the settings somebody decides as well, after whoever opened the link was let in a moment ago.
    settings = new_person().new_page()
    settings.goto(demo.portico("setup-link", "company-b").stdout.splitlines()[0])
    settings.get_by_role("button", name="Open the settings").click()
    expect(settings.get_by_text("The metadata no longer lists one that counts.")).to_be_visible()
    settings.get_by_role("link", name="Look at it").click()
    news = settings.get_by_role("region", name="News of the metadata")
    expect(news.locator("code").first).to_have_text(old)
    news.screenshot(path=ARTIFACTS / "screenshots" / "metadata-news.png")
    news.get_by_role("button", name=f"Approve {old}").click()
    expect(settings.get_by_text("Approved.")).to_be_visible()
    assert [each["sha256_fingerprint"] for each in shown(demo)["certificates"]] == [new]


def test_a_new_key_counts_by_itself_where_metadata_is_automatic(new_key, demo, page):
    _, new = new_key()
    demo.portico("saml", "configure", "company-b", "--metadata-refresh", "automatic")
    eventually(
        lambda: [each["sha256_fingerprint"] for each in shown(demo)["certificates"]] == [new], "the refresh", 120
    )
    sign_in(page, demo, "company-b", "ann")
    expect_greeting(page, "Ann Archer", "company-b", "REVIEWER")
    taken = [each for each in events(demo) if each["action"] == "saml_configured"][-1]
    assert taken["actor"] == "system"
    assert taken["detail"]["certificates"] == new
