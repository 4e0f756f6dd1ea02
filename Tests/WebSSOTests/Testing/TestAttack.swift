import Foundation
import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLTesting
import Storage
import Testing
import Workspaces

/// Something that somebody does with a test or its response, and the code that answers it.
struct TestAttack: CustomTestStringConvertible, Sendable {
    typealias Run =
        @Sendable (TestExchange, TestIdentityProvider.ReceivedRequest, String) async throws -> TestResponse

    let testDescription: String
    /// What every one of them is answered.
    let code = "request_unknown_or_used"
    let changesPeople: Bool
    let isPassedBefore: Bool
    let run: Run

    private init(
        _ testDescription: String,
        changesPeople: Bool = false,
        isPassedBefore: Bool = false,
        _ run: @escaping Run
    ) {
        self.testDescription = testDescription
        self.changesPeople = changesPeople
        self.isPassedBefore = isPassedBefore
        self.run = run
    }

    static let all: [TestAttack] = [
        TestAttack("posted by a browser without a key") { admin, received, response in
            let other = Browser(admin.person.client)
            return try await admin.person.post(response, relayState: received.relayState, by: other)
        },
        TestAttack("posted by a browser with another key") { admin, received, response in
            let other = try await SignInExchange.startedElsewhere(admin.person)
            return try await admin.person.post(response, relayState: received.relayState, by: other)
        },
        TestAttack("posted twice", isPassedBefore: true) { admin, received, response in
            _ = try await admin.person.post(response, relayState: received.relayState)
            return try await admin.person.post(response, relayState: received.relayState)
        },
        TestAttack("posted after ten minutes") { admin, received, response in
            admin.installation.clock.advance(by: 601)
            return try await admin.person.post(response, relayState: received.relayState)
        },
        TestAttack("posted with the RelayState of another") { admin, received, response in
            try await admin.person.post(response, relayState: "another")
        },
        TestAttack("by an administrator who is none any more", changesPeople: true) { admin, received, response in
            try await admin.installation.change("UPDATE memberships SET role = 'LABELER'")
            return try await admin.person.post(response, relayState: received.relayState)
        },
        TestAttack("by a member who was deactivated", changesPeople: true) { admin, received, response in
            try await admin.installation.change(
                "UPDATE memberships SET state = 'DEACTIVATED', deactivation_origin = 'admin'"
            )
            return try await admin.person.post(response, relayState: received.relayState)
        },
        TestAttack("after the session ended", changesPeople: true) { admin, received, response in
            try await admin.installation.change("DELETE FROM sessions")
            return try await admin.person.post(response, relayState: received.relayState)
        },
        TestAttack("superseded by another test of the same session") { admin, received, response in
            _ = try await admin.begin()
            return try await admin.person.post(response, relayState: received.relayState)
        },
        TestAttack("taken for an answer to a sign-in") { admin, _, _ in
            // The test's own assertion, in a Response that says to answer a sign-in that was begun.
            let test = try await admin.begin()
            let ordinary = try await admin.person.begin()
            let response = try admin.person.response(to: test) { $0.header.inResponseTo = ordinary.request.id }
            return try await admin.person.post(response, relayState: ordinary.relayState)
        },
        TestAttack("taken for a sign-in that began elsewhere") { admin, _, _ in
            // Everything that a sign-in without a request wants is there.
            try await admin.installation.change("UPDATE identity_providers SET allow_idp_initiated = true")
            try await admin.installation.change(
                "UPDATE workspaces SET sp_issuer = 'portico-a' WHERE company_id = 'company-a'"
            )
            let test = try await admin.begin()
            let response = try admin.person.response(to: test) { $0.header.inResponseTo = nil }
            return try await admin.person.post(response, relayState: #"{"companyId": "company-a"}"#)
        },
    ]
}
