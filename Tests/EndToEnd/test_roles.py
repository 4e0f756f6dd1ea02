"""What the identity provider says of a person, and what becomes of it at the next sign-in."""

import pytest
from playwright.sync_api import expect

from pages import enter_company, expect_greeting, expect_refusal, sign_in


def sign_in_anew(new_person, demo, company_id, name):
    page = new_person().new_page()
    sign_in(page, demo, company_id, name)
    return page


def test_a_role_changes_up_and_down_at_the_next_sign_in(demo, new_person):
    demo.add_person("dora", "Dora Diaz", ["company-a_LABELER"])
    for role in ["LABELER", "SUPERVISOR", "REVIEWER"]:
        demo.set_roles("dora", [f"company-a_{role}"])
        expect_greeting(sign_in_anew(new_person, demo, "company-a", "dora"), "Dora Diaz", "company-a", role)


def test_a_changed_role_counts_in_sessions_that_are_open(demo, new_person):
    demo.add_person("emil", "Emil Eder", ["company-a_SUPERVISOR"])
    open_before = sign_in_anew(new_person, demo, "company-a", "emil")
    expect_greeting(open_before, "Emil Eder", "company-a", "SUPERVISOR")
    demo.set_roles("emil", ["company-a_LABELER"])
    expect_greeting(sign_in_anew(new_person, demo, "company-a", "emil"), "Emil Eder", "company-a", "LABELER")
    open_before.reload()
    expect_greeting(open_before, "Emil Eder", "company-a", "LABELER")


def test_the_highest_of_several_roles_counts(demo, new_person):
    demo.add_person("fay", "Fay Fox", ["company-a_LABELER", "company-a_REVIEWER", "company-b_ADMIN"])
    expect_greeting(sign_in_anew(new_person, demo, "company-a", "fay"), "Fay Fox", "company-a", "REVIEWER")


@pytest.mark.parametrize("roles, code", [(None, "roles_missing"), (["company-b_ADMIN"], "roles_no_match")])
def test_roles_that_are_gone_shut_a_member_out_everywhere(demo, new_person, roles, code):
    name = "gus" if roles is None else "hal"
    demo.add_person(name, "Somebody", ["company-a_LABELER"])
    open_before = sign_in_anew(new_person, demo, "company-a", name)
    expect_greeting(open_before, "Somebody", "company-a", "LABELER")
    demo.set_roles(name, roles)
    expect_refusal(sign_in_anew(new_person, demo, "company-a", name), code)
    open_before.reload()
    expect(open_before.get_by_label("Company ID")).to_be_visible()
    state = demo.sql(f"SELECT state, role FROM memberships WHERE email = '{name}@company.example'")
    assert state == "ACTIVE|LABELER"


def test_the_owner_keeps_the_administrators_role(demo, new_person):
    demo.set_roles("ann", ["company-a_LABELER"])
    expect_greeting(sign_in_anew(new_person, demo, "company-a", "ann"), "Ann Archer", "company-a", "ADMIN")


def test_an_invited_person_comes_in_with_the_invitations_role(demo, new_person):
    demo.portico("workspace", "create", "company-c", "--name", "Company C")
    demo.portico("domain", "claim", "company-c", "company.example", "--operator-override")
    certificate = demo.folder / ".portico" / "identity-provider" / "keys" / "idp.crt"
    idp = demo.state["identity_provider_url"]
    demo.portico(
        "saml", "configure", "company-c", "--sign-in-url", idp + "saml2/idp/SSOService.php",
        "--issuer", idp + "saml2/idp/metadata.php", "--certificate", str(certificate),
    )
    demo.portico("saml", "enable", "company-c")
    demo.portico("member", "invite", "company-c", "ida@company.example", "--role", "REVIEWER")
    demo.add_person("ida", "Ida Ivers")
    demo.add_person("jon", "Jon Jay")

    expect_greeting(sign_in_anew(new_person, demo, "company-c", "ida"), "Ida Ivers", "company-c", "REVIEWER")
    stranger = sign_in_anew(new_person, demo, "company-c", "jon")
    expect_refusal(stranger, "not_registered")

    # The one who was not invited registers, and becomes what everybody becomes.
    stranger.goto(demo.url("/.portico/sign-up"))
    enter_company(stranger, "company-c")
    expect_greeting(stranger, "Jon Jay", "company-c", "LABELER")
