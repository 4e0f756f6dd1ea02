"""The owner's way in while the identity provider does not answer, and the page on which it is looked after."""

import base64
import hmac
import io
import struct
import time
import urllib.parse
import urllib.request

import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Error, expect

from conftest import ARTIFACTS
from demonstration import free_port
from test_settings import metadata
from watch import Watch

PASSPHRASE = "three blind mice at noon"


def code_of(key):
    """The code that an authenticator app shows now (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(key), struct.pack(">Q", int(time.time() // 30)), "sha1")
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def scanned(drawing):
    """What a camera reads from a drawing, in the colors of day and night."""
    texts = set()
    for scheme in ["light", "dark"]:
        drawing.page.emulate_media(color_scheme=scheme)
        texts.add(zxingcpp.read_barcode(Image.open(io.BytesIO(drawing.screenshot()))).text)
    [text] = texts
    return text


def fill(page, company_id, passphrase, code=""):
    page.get_by_label("Company ID").fill(company_id)
    page.get_by_label("E-mail address").fill("olga@company.example")
    page.get_by_label("Passphrase").fill(passphrase)
    page.get_by_label("Code from your authenticator app").fill(code)
    page.get_by_role("button", name="Sign in").click()


def test_the_owner_comes_in_while_the_identity_provider_is_down(demo, new_person, tmp_path):
    company_id = "down"
    demo.portico("workspace", "create", company_id, "--name", "Night Shift", "--owner", "olga@company.example")
    demo.portico("domain", "claim", company_id, "company.example", "--operator-override")
    file = tmp_path / "metadata.xml"
    with urllib.request.urlopen(metadata(demo), timeout=30) as response:
        file.write_bytes(response.read())
    demo.portico("saml", "configure", company_id, "--metadata", str(file))
    demo.portico("saml", "configure", company_id, "--sign-in-url", f"http://127.0.0.1:{free_port()}/sso")
    demo.portico("saml", "enable", company_id)
    link = demo.portico("member", "break-glass", company_id).stdout.splitlines()[0]

    page = new_person().new_page()
    watch = Watch(page, ARTIFACTS / "screenshots" / "passphrase")
    page.goto(link)
    watch.look_everywhere("link")
    page.get_by_label("New passphrase").fill("short")
    page.get_by_label("The same again").fill("short")
    page.get_by_role("button", name="Set the passphrase").click()
    expect(page.get_by_text("Take at least 15 characters")).to_be_visible()
    watch.look_everywhere("link-problem")
    page.get_by_label("New passphrase").fill(PASSPHRASE)
    page.get_by_label("The same again").fill(PASSPHRASE)
    page.get_by_role("button", name="Set the passphrase").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your passphrase is set")
    watch.look_everywhere("link-done")

    # A page of its own: the browser's page about the error comes a moment later, in the way of whatever is opened next.
    astray = page.context.new_page()
    with pytest.raises(Error, match="ERR_CONNECTION_REFUSED"):
        astray.goto(demo.url(f"/.portico/sign-in?company_id={company_id}"))
    astray.close()
    page.goto(demo.url("/.portico/sign-in"))
    watch.look_everywhere("sign-in")
    page.get_by_role("link", name="Sign in with a passphrase").click()
    watch.look_everywhere("passphrase")
    fill(page, company_id, "something else entirely")
    expect(page.get_by_role("alert")).to_contain_text("That did not let you in")
    watch.look_everywhere("passphrase-refused")
    fill(page, company_id, PASSPHRASE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Night Shift")
    expect(page.get_by_text("signed in with a passphrase")).to_be_visible()
    watch.look_everywhere("overview")

    page.get_by_role("link", name="Access", exact=True).click()
    watch.look_everywhere("access")
    enrolment = urllib.parse.urlsplit(scanned(page.get_by_role("img", name="QR code of the key below")))
    assert (enrolment.scheme, enrolment.netloc) == ("otpauth", "totp")
    [key] = urllib.parse.parse_qs(enrolment.query)["secret"]
    page.get_by_text("Without a camera").click()
    expect(page.get_by_text(" ".join(key[place:place + 4] for place in range(0, len(key), 4)))).to_be_visible()
    page.get_by_label("Code that the app shows now").fill(code_of(key))
    page.get_by_role("button", name="Ask for codes from now on").click()
    expect(page.get_by_role("button", name="Remove the app")).to_be_visible()
    watch.look_everywhere("access-with-codes")
    assert "local_sign_in" in demo.portico("audit", company_id).stdout
