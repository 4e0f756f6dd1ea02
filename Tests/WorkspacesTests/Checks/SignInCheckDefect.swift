import FoundationEssentials
import SAML
import Testing
import Workspaces

/// One thing about a sign-in that the workspace does not accept, and the line that tells it.
struct SignInCheckDefect: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let step: SignInStep
    let code: RefusalCode
    let wanted: String
    let got: String
    let responsible: ResponsibleParty
    let apply: @Sendable (inout SampleSignIn) throws -> Void

    static let all = persons + places

    private static let persons: [SignInCheckDefect] = [
        SignInCheckDefect(
            testDescription: "no address",
            step: .email,
            code: .emailMissing,
            wanted: "exactly one address in the attribute “email”",
            got: "no value",
            responsible: .identityProviderAdministrator
        ) { $0.attributes.removeAll { $0.name == "email" } },
        SignInCheckDefect(
            testDescription: "two addresses",
            step: .email,
            code: .emailAmbiguous,
            wanted: "exactly one address in the attribute “email”",
            got: "2 different values",
            responsible: .identityProviderAdministrator
        ) { $0.attributes.append(Attribute(name: "email", texts: ["eve@company-a.example"])) },
        SignInCheckDefect(
            testDescription: "no address in the attribute",
            step: .email,
            code: .emailInvalid,
            wanted: "exactly one address in the attribute “email”",
            got: "ann at company-a",
            responsible: .identityProviderAdministrator
        ) { $0.attributes = [Attribute(name: "email", texts: ["ann at company-a"])] },
        SignInCheckDefect(
            testDescription: "another domain",
            step: .emailDomain,
            code: .emailDomainRefused,
            wanted: "company-a.example",
            got: "b.example",
            responsible: .workspaceAdministrator
        ) { $0.attributes[0] = Attribute(name: "email", texts: ["ann@b.example"]) },
        SignInCheckDefect(
            testDescription: "no claimed domain",
            step: .emailDomain,
            code: .emailDomainRefused,
            wanted: "a claimed domain, of which there is none",
            got: "company-a.example",
            responsible: .workspaceAdministrator
        ) { $0.domains = [] },
    ]

    private static let places: [SignInCheckDefect] = [
        SignInCheckDefect(
            testDescription: "roles that are not mapped",
            step: .roles,
            code: .rolesNoMatch,
            wanted: "company-a_ROLE in the attribute “roles”, ROLE one of ADMIN, SUPERVISOR, REVIEWER, LABELER",
            got: "1 for other companies, 2 of another form: “Company Admins” “company-a_admin”",
            responsible: .identityProviderAdministrator
        ) { $0.assertRoles(["Company Admins", "company-a_admin", "company-b_ADMIN"]) },
        SignInCheckDefect(
            testDescription: "no roles where they are required",
            step: .roles,
            code: .rolesMissing,
            wanted: "company-a_ROLE",
            got: "no such attribute",
            responsible: .identityProviderAdministrator
        ) { $0.workspace.rolesMode = .required },
        SignInCheckDefect(
            testDescription: "too many roles",
            step: .roles,
            code: .rolesTooLarge,
            wanted: "company-a_ROLE",
            got: "more or longer values than are read",
            responsible: .identityProviderAdministrator
        ) { $0.assertRoles([String](repeating: "x", count: 1_001)) },
        SignInCheckDefect(
            testDescription: "nobody who is known",
            step: .membership,
            code: .notRegistered,
            wanted: "somebody who may come in",
            got: "nobody of this address",
            responsible: .workspaceAdministrator
        ) { $0.membership = nil },
        SignInCheckDefect(
            testDescription: "a member who is locked out",
            step: .membership,
            code: .membershipDeactivated,
            wanted: "somebody who may come in",
            got: "a member who is DEACTIVATED",
            responsible: .workspaceAdministrator
        ) {
            try $0.join(.deactivated(.admin), role: "LABELER")
            $0.assertRoles(["company-a_ADMIN"])
        },
        SignInCheckDefect(
            testDescription: "no seat",
            step: .seat,
            code: .seatLimit,
            wanted: "one of 5 seats",
            got: "5 taken",
            responsible: .workspaceAdministrator
        ) {
            $0.workspace.seats = 5
            $0.assertRoles(["company-a_ADMIN"])
        },
    ]
}
