import FoundationEssentials
import SAML
import Testing
import Workspaces

/// The decision table of behavior section 3, row by row.
@Suite("decision table")
struct DecisionTableTests {
    /// What a row expects.
    enum Result: Sendable {
        /// Signed in with this role, by a row that is new or not.
        case role(String, isNew: Bool)
        /// Refused, with or without the sessions ending.
        case fail(RefusalCode, revokesSessions: Bool)
    }

    /// What the `roles` attribute says in a row.
    enum Roles: Sendable {
        case match(String)
        case noMatch
        case absent
        case absentLatched
    }

    struct Row: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var prepare: @Sendable (inout SampleSignIn) throws -> Void
        var roles: Roles
        var intents: [SignInIntent]
        var result: Result

        init(
            _ testDescription: String,
            _ roles: Roles,
            on intents: [SignInIntent] = SignInIntent.allCases,
            _ result: Result,
            prepare: @escaping @Sendable (inout SampleSignIn) throws -> Void = { _ in }
        ) {
            self.testDescription = testDescription
            self.roles = roles
            self.intents = intents
            self.result = result
            self.prepare = prepare
        }

        static let invited: @Sendable (inout SampleSignIn) throws -> Void = {
            try $0.join(.invited, role: "REVIEWER", source: .invite, invitedAt: SampleSignIn.now)
        }
        static let active: @Sendable (inout SampleSignIn) throws -> Void = {
            try $0.join(.active, role: "SUPERVISOR")
        }

        static let all: [Row] = [
            Row("none, match", .match("REVIEWER"), .role("REVIEWER", isNew: true)),
            Row("none, present without match", .noMatch, .fail(.rolesNoMatch, revokesSessions: false)),
            Row("none, absent, sign-in", .absent, on: [.signIn], .fail(.notRegistered, revokesSessions: false)),
            Row("none, absent, sign-up", .absent, on: [.signUp], .role("LABELER", isNew: true)),
            Row("none, absent, latched", .absentLatched, .fail(.rolesMissing, revokesSessions: false)),
            Row("INVITED, match", .match("SUPERVISOR"), .role("SUPERVISOR", isNew: false), prepare: Self.invited),
            Row("INVITED, absent", .absent, .role("REVIEWER", isNew: false), prepare: Self.invited),
            Row("INVITED, no match", .noMatch, .fail(.rolesNoMatch, revokesSessions: true), prepare: Self.invited),
            Row(
                "INVITED, absent, latched",
                .absentLatched,
                .fail(.rolesMissing, revokesSessions: true),
                prepare: Self.invited
            ),
            Row("ACTIVE, match up", .match("ADMIN"), .role("ADMIN", isNew: false), prepare: Self.active),
            Row("ACTIVE, match down", .match("LABELER"), .role("LABELER", isNew: false), prepare: Self.active),
            Row("ACTIVE, match same", .match("SUPERVISOR"), .role("SUPERVISOR", isNew: false), prepare: Self.active),
            Row("M5 ACTIVE, absent", .absent, .role("SUPERVISOR", isNew: false), prepare: Self.active),
            Row("ACTIVE, no match", .noMatch, .fail(.rolesNoMatch, revokesSessions: true), prepare: Self.active),
            Row(
                "ACTIVE, absent, latched",
                .absentLatched,
                .fail(.rolesMissing, revokesSessions: true),
                prepare: Self.active
            ),
            Row("ACTIVE owner, match LABELER", .match("LABELER"), .role("ADMIN", isNew: false)) {
                try $0.join(.active, role: "ADMIN", source: .owner, isOwner: true)
            },
            Row("rulings 26: owner, no match", .noMatch, .fail(.rolesNoMatch, revokesSessions: true)) {
                try $0.join(.active, role: "ADMIN", source: .owner, isOwner: true)
            },
            Row("rulings 26: INVITED owner, match LABELER", .match("LABELER"), .role("ADMIN", isNew: false)) {
                try $0.join(.invited, role: "ADMIN", source: .owner, isOwner: true)
            },
            Row("last ADMIN, match LABELER", .match("LABELER"), .role("LABELER", isNew: false)) {
                try $0.join(.active, role: "ADMIN")
                $0.otherActiveAdmins = 0
            },
            Row("last ADMIN, protected, match LABELER", .match("LABELER"), .role("ADMIN", isNew: false)) {
                try $0.join(.active, role: "ADMIN")
                $0.otherActiveAdmins = 0
                $0.workspace.lastAdminPolicy = .keep
            },
            Row("one of two ADMINs, protected, match LABELER", .match("LABELER"), .role("LABELER", isNew: false)) {
                try $0.join(.active, role: "ADMIN")
                $0.workspace.lastAdminPolicy = .keep
            },
            Row("NOT_ACTIVATED, match", .match("REVIEWER"), .role("REVIEWER", isNew: false)) {
                try $0.join(.notActivated, role: nil, source: .defaultRole)
            },
            Row("NOT_ACTIVATED, absent", .absent, .fail(.awaitingRole, revokesSessions: false)) {
                try $0.join(.notActivated, role: nil, source: .defaultRole)
            },
            Row("DEACTIVATED(admin), match", .match("ADMIN"), .fail(.membershipDeactivated, revokesSessions: false)) {
                try $0.join(.deactivated(.admin), role: "ADMIN")
            },
            Row("DEACTIVATED(scim), match", .match("ADMIN"), .fail(.membershipDeactivated, revokesSessions: false)) {
                try $0.join(.deactivated(.scim), role: "ADMIN")
            },
            Row("DEACTIVATED(admin), absent", .absent, .fail(.membershipDeactivated, revokesSessions: false)) {
                try $0.join(.deactivated(.admin), role: "ADMIN")
            },
            Row("DEACTIVATED(idp_sync), match", .match("LABELER"), .role("LABELER", isNew: false)) {
                try $0.join(.deactivated(.idpSync), role: "REVIEWER")
            },
            Row(
                "M4 DEACTIVATED(idp_sync), absent",
                .absent,
                .fail(.membershipDeactivated, revokesSessions: false)
            ) {
                try $0.join(.deactivated(.idpSync), role: "REVIEWER")
            },
            Row("Q13 removed earlier, known elsewhere, match", .match("LABELER"), .role("LABELER", isNew: true)) {
                $0.user = .registered(.random())
            },
            Row("seats full, none, match", .match("LABELER"), .fail(.seatLimit, revokesSessions: false)) {
                $0.workspace.seats = 5
            },
            Row("seats full, INVITED, match", .match("LABELER"), .fail(.seatLimit, revokesSessions: false)) {
                try Row.invited(&$0)
                $0.workspace.seats = 5
            },
            Row("seats full, none, sign-up", .absent, on: [.signUp], .fail(.seatLimit, revokesSessions: false)) {
                $0.workspace.seats = 5
            },
            Row("seats full, reactivation", .match("LABELER"), .fail(.seatLimit, revokesSessions: false)) {
                try $0.join(.deactivated(.idpSync), role: "REVIEWER")
                $0.workspace.seats = 5
            },
            Row("C2 limit lowered, ACTIVE", .match("LABELER"), .role("LABELER", isNew: false)) {
                try Row.active(&$0)
                $0.workspace.seats = 1
            },
            Row("C2 one seat left, none, match", .match("LABELER"), .role("LABELER", isNew: true)) {
                $0.workspace.seats = 6
            },
            Row("Q4 member of A and B signs in at A", .match("ADMIN"), .role("ADMIN", isNew: false)) {
                try Row.active(&$0)
                $0.assertRoles(["company-b_REVIEWER"])
            },
        ]

        func signIn(_ intent: SignInIntent) throws -> SampleSignIn {
            var signIn = try SampleSignIn()
            signIn.intent = intent
            switch self.roles {
            case .match(let role): signIn.assertRoles(["company-a_\(role)"])
            case .noMatch: signIn.assertRoles(["company-b_ADMIN"])
            case .absent: break
            case .absentLatched: signIn.workspace.rolesFirstSeenAt = SampleSignIn.now.addingTimeInterval(-1000)
            }
            try self.prepare(&signIn)
            return signIn
        }
    }

    @Test("row", arguments: Row.all)
    func row(_ row: Row) throws {
        for intent in row.intents {
            let signIn = try row.signIn(intent)
            let outcome = try signIn.decide()
            switch row.result {
            case .role(let role, let isNew):
                let change = try #require(outcome.acceptedChange, "\(outcome)")
                #expect(change.membership.state == .active)
                #expect(change.membership.role?.name == role)
                #expect((signIn.membership == nil) == isNew)
                if case .inserted(let membership) = change {
                    #expect(isNew)
                    #expect(membership.userID == signIn.user.userID)
                }
                #expect(outcome.event(.signIn)?.outcome == .done)
            case .fail(let code, let revokesSessions):
                #expect(outcome.refusal == code)
                let revocations = outcome.effects.filter {
                    if case .revokeSessions = $0 { true } else { false }
                }
                if revokesSessions, let userID = signIn.membership?.userID {
                    #expect(revocations == [.revokeSessions(.member(signIn.workspace.id, userID))])
                    #expect(outcome.event(.sessionsRevoked) != nil)
                } else {
                    #expect(revocations.isEmpty)
                }
                #expect(outcome.event(.signIn)?.outcome == .refused(code))
            }
        }
    }

    @Test("X1 nothing that a decision writes is of another workspace", arguments: Row.all)
    func staysInTheWorkspace(_ row: Row) throws {
        for intent in row.intents {
            let signIn = try row.signIn(intent)
            let outcome = try signIn.decide()
            #expect(outcome.events.allSatisfy { $0.workspaceID == signIn.workspace.id })
            // R3: what the attribute says of other companies is counted, never kept.
            #expect(outcome.events.allSatisfy { !$0.detail.values.contains { $0.contains("company-b") } })
            for effect in outcome.effects {
                switch effect {
                case .revokeSessions(let invalidation), .refreshSessions(let invalidation):
                    guard case .member(let workspaceID, _) = invalidation else {
                        Issue.record("\(invalidation)")
                        return
                    }
                    #expect(workspaceID == signIn.workspace.id)
                case .latchRoles, .register, .deactivate, .assign:
                    break
                }
            }
        }
    }
}
