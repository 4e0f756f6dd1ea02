"""Pictures of what the settings show when there is nothing to show, something is wrong, or somebody else was faster."""

import datetime
import re
import socket

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from playwright.sync_api import expect

from conftest import ARTIFACTS, open_profile
from pages import authenticate, expect_greeting, sign_in
from test_invitations import add_workspace
from test_settings import SETTINGS, SINGLE_SIGN_ON, add_workspace as add_new_workspace
from watch import Watch

COMPANY = "states"
THIS = f"workspace_id = (SELECT workspace_id FROM workspaces WHERE company_id = '{COMPANY}')"


def certificate(file, name, ends):
    """A certificate of an identity provider that ends so many days from now."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=700))
        .not_valid_after(now + datetime.timedelta(days=ends)).sign(key, hashes.SHA256())
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return str(file)


@pytest.fixture(scope="module")
def signed_in(demo, browser):
    """Ann's browser, at a workspace of hers."""
    add_workspace(demo, COMPANY)
    context = open_profile(browser)
    page = context.new_page()
    sign_in(page, demo, COMPANY, "ann")
    expect_greeting(page, "Ann Archer", COMPANY, "ADMIN")
    yield context
    context.close()


@pytest.fixture
def watch(signed_in):
    watch = Watch(signed_in.new_page(), ARTIFACTS / "screenshots" / "states")
    yield watch
    watch.page.close()


def test_a_workspace_that_nobody_uses_yet(demo, new_person, tmp_path):
    page = new_person().new_page()
    watch = Watch(page, ARTIFACTS / "screenshots" / "states")
    page.goto(add_new_workspace(demo, "states-new", "Acme Research", "--sp-issuer", "portico-states-new"))
    page.get_by_role("button", name="Open the settings").click()
    page.get_by_role("link", name="Sign-in log").click()
    expect(page.get_by_text("Nobody has tried to sign in yet.")).to_be_visible()
    watch.look_everywhere("sign-in-log-empty")
    page.goto(demo.url(SINGLE_SIGN_ON + "/versions"))
    expect(page.get_by_text("Nothing was saved yet.")).to_be_visible()
    watch.look_everywhere("versions-empty")

    # A certificate that has ended still counts, and one that ends soon is worth a word.
    ended = certificate(tmp_path / "ended.pem", "The identity provider of before", -3)
    demo.portico(
        "saml", "configure", "states-new", "--sign-in-url", "https://idp.example/sso",
        "--issuer", "https://idp.example/metadata", "--certificate", ended,
    )
    page.goto(demo.url(SETTINGS))
    expect(page.get_by_role("listitem").filter(has_text="Certificate")).to_contain_text("Expired")
    watch.look_everywhere("overview-certificate-expired")
    page.goto(demo.url(SINGLE_SIGN_ON))
    expect(page.locator(".certificate .badge")).to_have_text("Expired")
    watch.look_everywhere("single-sign-on-certificate-expired")
    ending = certificate(tmp_path / "ending.pem", "The identity provider of today", 20)
    demo.portico("saml", "configure", "states-new", "--certificate", ended, "--certificate", ending)
    page.goto(demo.url(SETTINGS))
    expect(page.get_by_role("listitem").filter(has_text="Certificate")).to_contain_text(re.compile("20 days|19 days"))
    watch.look_everywhere("overview-certificate-ends-soon")
    page.goto(demo.url(SINGLE_SIGN_ON))
    page.get_by_role("button", name="Switch on").click()
    expect(page.get_by_role("alert")).to_contain_text("No test sign-in of these settings has succeeded")
    watch.look_everywhere("switching-on-refused")


def test_lists_in_which_nothing_is_found(demo, watch):
    page = watch.page
    for path, words, name in [
        ("/members?q=nobody", "Nobody is like this.", "members-none-found"),
        ("/members?after=zz%40zz.zz", "Nobody comes after this.", "members-end"),
        ("/audit-log?action=ownership_transferred", "There is nothing of this kind.", "audit-log-none-found"),
        ("/sign-in-log?id=nothing-like-it", "No sign-in of this workspace has the id", "sign-in-log-not-found"),
        ("/sessions?q=nobody", "There is no session of this kind.", "sessions-none-found"),
        ("/invitations?email=nobody", "No open invitation begins with nobody.", "invitations-none-found"),
    ]:
        page.goto(demo.url(SETTINGS + path))
        expect(page.get_by_text(words)).to_be_visible()
        watch.look_everywhere(name)


def test_a_name_server_that_is_silent(demo, watch):
    page = watch.page
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        resolver = f"127.0.0.1:{silent.getsockname()[1]}"
        public = {"PORTICO_PUBLIC_URL": demo.state["public_url"], "PORTICO_DNS_RESOLVER": resolver}
        with demo.another_node(demo.state["application_url"], **public) as node:
            page.goto(node + SETTINGS + "/domains")
            page.get_by_role("textbox", name="Domain", exact=True).fill("silent.invalid")
            page.get_by_role("button", name="Claim the domain").click()
            page.get_by_role("button", name="Look for it now").click()
            card = page.get_by_role("region", name="silent.invalid")
            expect(card).to_contain_text("no name server answers (Timeout while contacting DNS servers)")
            expect(card).to_contain_text("whoever runs Portico")
            expect(card).to_contain_text("In progress")
            watch.look_everywhere("domains-silent")


def test_mappings_that_somebody_else_saved_meanwhile(demo, signed_in, watch):
    page, other = watch.page, signed_in.new_page()
    mappings = demo.url(SETTINGS + "/mappings")
    page.goto(mappings)
    other.goto(mappings)
    other.get_by_label("Group, line 1").first.fill("Theirs")
    other.get_by_role("button", name="Save the mappings").click()
    expect(other.get_by_text("Saved.")).to_be_visible()
    page.get_by_label("Group, line 1").first.fill("Mine")
    page.get_by_role("button", name="Save the mappings").click()
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("Somebody else saved the mappings while you were typing.")
    row = notice.get_by_role("row", name="Roles")
    expect(row.get_by_role("cell").nth(0)).to_contain_text("Theirs")
    expect(row.get_by_role("cell").nth(1)).to_contain_text("Mine")
    expect(page.get_by_label("Group, line 1").first).to_have_value("Mine")
    watch.look_everywhere("mappings-conflict")
    # The one who was overtaken chooses; until then nothing of theirs counts.
    assert demo.sql(f"SELECT group_name FROM role_mappings WHERE {THIS}") == "Theirs"
    page.get_by_role("button", name="Save my version").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    watch.look_everywhere("mappings-saved")
    assert demo.sql(f"SELECT group_name FROM role_mappings WHERE {THIS}") == "Mine"
    other.reload()

    # A role of the mappings goes, and there are more than a page can hold.
    demo.sql(f"UPDATE role_mappings SET role = 'JANITOR' WHERE {THIS}")
    page.reload()
    expect(page.get_by_text("The installation has no role JANITOR any more")).to_be_visible()
    watch.look_everywhere("mappings-role-gone")
    demo.sql(
        f"INSERT INTO role_mappings SELECT workspace_id, 'Group ' || number, 'LABELER' FROM workspaces,"
        f" generate_series(1, 200) AS number WHERE {THIS}"
    )
    page.reload()
    expect(page.get_by_text("There are more mappings than a page can hold.")).to_be_visible()
    watch.look_everywhere("mappings-too-many")
    demo.sql(f"DELETE FROM role_mappings WHERE {THIS}")
    other.close()


def test_what_was_changed_meanwhile_elsewhere(demo, signed_in, watch):
    page, other = watch.page, signed_in.new_page()
    versions = demo.url(SINGLE_SIGN_ON + "/versions")
    demo.portico("saml", "configure", COMPANY, "--slo-url", "https://idp.example/slo")
    page.goto(versions)
    page.get_by_text("Compare with what is in force").last.click()
    watch.look_everywhere("versions-compared")
    other.goto(versions)
    other.get_by_role("button", name="Restore as a draft version 1", exact=True).click()
    expect(other.get_by_text("The draft is saved.")).to_be_visible()
    page.get_by_role("button", name="Restore as a draft version 1", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody else changed these settings while you were looking.")
    watch.look_everywhere("versions-overtaken")
    other.get_by_role("button", name="Give up the draft").click()
    expect(other.get_by_text("The draft is given up.")).to_be_visible()
    expect(other.get_by_role("heading", name="A draft waits")).to_have_count(0)

    invitations = demo.url(SETTINGS + "/invitations")
    page.goto(invitations)
    page.get_by_label("E-mail address").fill("ida@company.example")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_text("ida@company.example is invited.")).to_be_visible()
    page.get_by_label("E-mail address").fill("ida@company.example")
    page.get_by_label("Role").select_option("SUPERVISOR")
    page.get_by_role("button", name="Invite", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("ida@company.example is invited already, as LABELER")
    watch.look_everywhere("invitation-of-another-role")
    other.goto(invitations)
    other.get_by_role("button", name="Withdraw").click()
    expect(other.get_by_text("Withdrawn.")).to_be_visible()
    page.get_by_role("button", name="New link for ida").click()
    expect(page.get_by_role("alert")).to_contain_text("ida@company.example")
    watch.look_everywhere("invitation-withdrawn-meanwhile")
    other.close()


def test_who_may_join_and_who_else_says_so(demo, signed_in, watch):
    page, other = watch.page, signed_in.new_page()
    joining = demo.url(SETTINGS + "/joining")
    page.goto(joining)
    other.goto(joining)
    other.locator("#guests").select_option("true")
    other.get_by_role("button", name="Save who may join").click()
    expect(other.get_by_role("status").first).to_contain_text("What you see is saved.")
    page.locator("#default-role").select_option("NOT_ACTIVATED")
    page.get_by_role("button", name="Save who may join").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody else saved this while you were looking.")
    watch.look_everywhere("joining-conflict")
    page.get_by_role("button", name="Save my version").click()
    expect(page.get_by_role("status").first).to_contain_text("What you see is saved.")
    watch.look_everywhere("joining-saved")
    demo.sql(f"UPDATE workspaces SET role_manager = 'idp', roles_mode = 'required' WHERE {THIS}")
    page.reload()
    expect(page.get_by_text("Your identity provider alone manages roles here")).to_be_visible()
    page.locator("#default-role").evaluate("list => list.add(new Option('SUPERVISOR', 'SUPERVISOR', true, true))")
    page.get_by_role("button", name="Save who may join").click()
    expect(page.locator("#default-role-problem")).to_contain_text("Roles are managed by the identity provider")
    watch.look_everywhere("joining-managed-elsewhere")
    demo.sql(
        "UPDATE workspaces SET role_manager = NULL, roles_mode = 'off', allow_guests = false, default_role = 'LABELER'"
        f" WHERE {THIS}"
    )
    other.close()


def test_names_that_are_long(demo, new_person):
    page = new_person().new_page()
    watch = Watch(page, ARTIFACTS / "screenshots" / "states")
    company = "research-and-development.international-laboratories.acme"
    page.goto(add_new_workspace(demo, company, "Acme Research and Development, International Laboratories"))
    demo.portico("domain", "claim", company, "a.international-laboratories-and-institutes.company.example", "--operator-override")
    page.get_by_role("button", name="Open the settings").click()
    # Every line of the domain ends behind a dot, or where the domain does.
    lines = page.locator(".tile", has_text="Domains").locator(".tile-value").evaluate(
        """value => {
            const range = document.createRange(), lines = [];
            range.selectNodeContents(value);
            const text = range.toString(), nodes = [...value.childNodes].filter(node => node.nodeType === Node.TEXT_NODE);
            let top = null;
            for (const node of nodes) for (let at = 0; at < node.length; at += 1) {
                range.setStart(node, at); range.setEnd(node, at + 1);
                const box = range.getBoundingClientRect();
                if (!box.width) continue;
                if (top === null || box.top > top + 2) { lines.push(""); top = box.top; }
                lines[lines.length - 1] += node.data[at];
            }
            return lines.map(line => line.trim());
        }"""
    )
    assert lines and all(line.endswith((".", "-", "example")) for line in lines), lines
    watch.look_everywhere("overview-long-names")


def test_a_session_that_is_over_and_a_sign_in_that_failed(demo, new_person, watch):
    page = watch.page
    page.goto(demo.url(SETTINGS + "/sessions"))
    # As if the session had ended while the page was open.
    page.locator("form[action$='/end']").first.evaluate(
        "form => form.action = form.action.replace(/[0-9a-f-]{36}/, '00000000-0000-4000-8000-000000000000')"
    )
    page.locator("form[action$='/end'] button").first.click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was left to end.")
    watch.look_everywhere("session-over")
    # A sign-in of somebody who is not registered, which the workspace refuses by its own rules.
    tab = new_person().new_page()
    tab.goto(demo.url(f"/.portico/sign-in?company_id={COMPANY}"))
    tab.wait_for_url(demo.state["identity_provider_url"] + "**")
    authenticate(tab, "cleo")
    expect(tab.get_by_role("heading", level=1)).to_have_text("You are not registered yet")
    page.goto(demo.url(SETTINGS + "/sign-in-log"))
    expect(page.locator(".log .address").first).to_have_text("cleo@company.example")
    watch.look_everywhere("sign-in-log-named")
    page.locator(".log a").first.click()
    expect(page.locator(".failure")).to_contain_text("What failed: membership")
    person = page.locator(".facts-list > div", has=page.get_by_text("Person", exact=True))
    expect(person).to_contain_text("cleo@company.example")
    watch.look_everywhere("sign-in-log-failure")


def test_what_an_administrator_waits_for_or_may_not_do(demo, watch):
    page = watch.page
    # The identity provider says nothing.
    page.route(demo.state["identity_provider_url"] + "**", lambda route: route.fulfill(status=204))
    page.goto(demo.url(SINGLE_SIGN_ON))
    # The page goes there by itself, which would end the next visit.
    with page.expect_response(lambda response: response.status == 204):
        page.get_by_role("button", name="Test sign-in").click()
    expect(page.get_by_role("link", name="Go on to the identity provider")).to_be_visible()
    page.goto(demo.url(SINGLE_SIGN_ON + "/test?" + page.url.partition("?")[2]))
    expect(page.get_by_text("No answer of your provider has come yet.")).to_be_visible()
    watch.look_everywhere("test-waiting")

    # Roles are the identity provider's.
    demo.portico("member", "invite", COMPANY, "bob@company.example", "--role", "LABELER")
    page.goto(demo.url(SETTINGS + "/members"))
    page.locator("#role-manager").select_option("idp")
    page.get_by_role("button", name="Save who manages roles").click()
    expect(page.get_by_role("status").first).to_contain_text("Nothing was changed yet.")
    watch.look_everywhere("members-unconfirmed")
    page.goto(demo.url(SETTINGS + "/sessions"))
    page.get_by_role("button", name="Sign everybody out").click()
    expect(page.get_by_role("status").first).to_contain_text("Nobody was signed out yet.")
    watch.look_everywhere("sessions-unconfirmed")
    # As if the identity provider had asked who is there.
    demo.sql(f"UPDATE sessions SET confirmed_at = now() WHERE {THIS}")
    page.goto(demo.url(SETTINGS + "/members"))
    page.locator("#role-manager").select_option("idp")
    page.get_by_role("button", name="Save who manages roles").click()
    expect(page.get_by_text("At present the identity provider alone")).to_be_visible()
    watch.look_everywhere("members-managed-elsewhere")
    page.goto(demo.url(SETTINGS + "/invitations"))
    expect(page.get_by_text("Your identity provider alone gives roles here")).to_be_visible()
    expect(page.get_by_label("Role")).to_have_count(0)
    watch.look_everywhere("invitations-managed-elsewhere")
    page.goto(demo.url(SETTINGS + "/members"))
    page.get_by_role("link", name="bob@company.example").click()
    expect(page.get_by_text("Managed by the identity provider.")).to_be_visible()
    watch.look_everywhere("member-managed-elsewhere")


def test_two_who_change_one_person_and_one_who_leaves(demo, signed_in, watch):
    page, other = watch.page, signed_in.new_page()
    ann, bob = (f"email = '{name}@company.example' AND {THIS}" for name in ["ann", "bob"])
    demo.sql(f"UPDATE workspaces SET role_manager = 'administrators' WHERE {THIS}")
    demo.sql(f"UPDATE sessions SET confirmed_at = NULL WHERE {THIS}")
    demo.portico("member", "invite", COMPANY, "bob@company.example", "--role", "LABELER")
    demo.sql(f"UPDATE memberships SET state = 'ACTIVE' WHERE {bob}")
    person = demo.url(SETTINGS + "/members/" + demo.sql(f"SELECT user_id FROM memberships WHERE {bob}"))
    for tab, role in [(page, "REVIEWER"), (other, "SUPERVISOR")]:
        tab.goto(person)
        tab.get_by_role("combobox", name="Role").select_option(role)
    other.get_by_role("button", name="Change the role").click()
    expect(other.get_by_role("status").first).to_contain_text("The role is SUPERVISOR now")
    page.get_by_role("button", name="Change the role").click()
    expect(page.get_by_role("alert")).to_contain_text("Somebody else saved this while you were looking.")
    watch.look_everywhere("member-conflict")
    page.get_by_role("button", name="Save my version").click()
    expect(page.get_by_role("status").first).to_contain_text("The role is REVIEWER now")
    other.get_by_role("button", name="Deactivate", exact=True).click()
    expect(other.get_by_role("status").first).to_contain_text("Nothing was changed yet.")
    other.get_by_role("button", name="Sign out everywhere").click()
    expect(other.get_by_text("“Deactivate” is not done yet.")).to_be_visible()
    page.goto(other.url)
    watch.look_everywhere("member-done-and-kept")
    page.goto(demo.url(SETTINGS + "/members/00000000-0000-4000-8000-000000000000"))
    expect(page.get_by_role("alert")).to_contain_text("This person is no member.")
    watch.look_everywhere("member-gone")
    # Ann hands her role on, and leaves.
    demo.sql(f"UPDATE memberships SET is_owner = false WHERE {ann}")
    demo.sql(f"UPDATE memberships SET role = 'ADMIN', is_owner = true WHERE {bob}")
    demo.sql(f"UPDATE sessions SET confirmed_at = now() WHERE {THIS}")
    page.goto(demo.url(SETTINGS + "/members?q=ann"))
    page.get_by_role("link", name="Ann Archer").click()
    page.get_by_role("combobox", name="Role").select_option("LABELER")
    page.get_by_role("button", name="Change the role").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your role is LABELER now")
    watch.look_everywhere("settings-closed")
    other.close()
