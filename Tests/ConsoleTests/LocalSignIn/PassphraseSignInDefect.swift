import PostgreSQL
import Storage
import Testing
import Workspaces

/// One thing that keeps the owner from coming in with a passphrase.
struct PassphraseSignInDefect: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// Why, in the audit log of the workspace; nil where there is none to write into.
    let reason: String?
    var fields: [String: String] = [:]
    var prepare: @Sendable (TestConsole) async throws -> Void = { _ in }

    static let all: [PassphraseSignInDefect] = [
        PassphraseSignInDefect(
            testDescription: "there is no such workspace",
            reason: nil,
            fields: ["company_id": "company-z"]
        ),
        PassphraseSignInDefect(
            testDescription: "nobody has the address",
            reason: "not_a_member",
            fields: ["email": "zoe@company-a.example"]
        ),
        PassphraseSignInDefect(
            testDescription: "another passphrase",
            reason: "passphrase_wrong",
            fields: ["passphrase": "correct horse battery stable"]
        ),
        PassphraseSignInDefect(testDescription: "no passphrase was set", reason: "no_passphrase") { console in
            try await console.change("DELETE FROM local_credentials")
        },
        PassphraseSignInDefect(testDescription: "A5 the operator switched it off", reason: "switched_off") { console in
            try await console.workspaces.administer(console.scope, actor: .operator, now: console.clock.now) {
                try $0.change(WorkspaceChange(localSignIn: .off), catalogue: .standard, enforcing: .operatorsWord)
            }
        },
        PassphraseSignInDefect(testDescription: "the workspace is disabled", reason: "workspace_disabled") { console in
            try await console.workspaces.administer(console.scope, actor: .operator, now: console.clock.now) {
                $0.disable()
            }
        },
        PassphraseSignInDefect(testDescription: "rulings 27 no owner any more", reason: "owner_only") { console in
            try await console.change("UPDATE memberships SET is_owner = false")
        },
    ]
}
