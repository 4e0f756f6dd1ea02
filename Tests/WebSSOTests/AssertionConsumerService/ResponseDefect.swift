import Foundation
import GatewayHTTP
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLTesting
import Testing
import Workspaces

/// One valid exchange with one defect, and what the person is told.
struct ResponseDefect: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: RefusalCode
    let loggedCode: RefusalCode
    let post: @Sendable (SignInExchange, TestIdentityProvider.ReceivedRequest) async throws -> TestResponse

    init(
        _ testDescription: String,
        _ code: RefusalCode,
        logged: RefusalCode? = nil,
        post:
            @escaping @Sendable (SignInExchange, TestIdentityProvider.ReceivedRequest) async throws -> TestResponse
    ) {
        self.testDescription = testDescription
        self.code = code
        self.loggedCode = logged ?? code
        self.post = post
    }

    /// A defect of the response itself, which is signed and posted as it should be.
    static func response(
        _ testDescription: String,
        _ code: RefusalCode,
        _ mutate: @escaping @Sendable (inout ResponseDraft) -> Void
    ) -> ResponseDefect {
        ResponseDefect(testDescription, code) { person, received in
            try await person.post(
                try person.response(to: received, mutate: mutate),
                relayState: received.relayState
            )
        }
    }

    /// The table.
    static let all = Self.defectsOfTheResponse + Self.defectsOfTheWay

    private static let defectsOfTheResponse: [ResponseDefect] = [
        .response("another issuer", .issuerMismatch) { $0.assertion?.issuer = Issuer("https://idp.example/other") },
        .response("unsigned", .signatureInvalid) { $0.signing = .nothing },
        .response("the status of a failure", .statusNotSuccess) {
            $0.header.status = Status(code: "urn:oasis:names:tc:SAML:2.0:status:Responder")
        },
        .response("an identity provider whose clock is ten minutes ahead", .expiredOrNotYetValid) {
            $0.header.issueInstant += 600
            $0.assertion?.issueInstant += 600
        },
        .response("a response made an hour ago", .expiredOrNotYetValid) {
            $0.header.issueInstant -= 3600
            $0.assertion?.issueInstant -= 3600
        },
        .response("another destination", .recipientMismatch) {
            $0.signing = .both
            $0.header.destination = "https://apps.example.com/.portico/saml/acs/"
        },
        .response("no InResponseTo, but our RelayState", .unsolicitedRefused) { $0.header.inResponseTo = nil },
        .response("an InResponseTo that nobody sent", .requestUnknownOrUsed) {
            $0.header.inResponseTo = MessageID.random()
        },
        .response("another request in the signed assertion", .requestUnknownOrUsed) {
            let confirmation = $0.assertion?.subject?.confirmations.first
            let data = SubjectConfirmationData(
                notOnOrAfter: confirmation?.data?.notOnOrAfter,
                recipient: confirmation?.data?.recipient,
                inResponseTo: MessageID.random().value
            )
            $0.assertion?.subject = Subject(
                nameID: nil,
                confirmations: [SubjectConfirmation(method: SubjectConfirmation.bearer, data: data)]
            )
        },
        .response("no e-mail address", .emailMissing) { $0.assertion?.attributes.removeFirst() },
    ]

    private static let defectsOfTheWay: [ResponseDefect] = [
        ResponseDefect("signed by another key under the right name", .signatureInvalid) { person, received in
            let impostor = try TestIdentityProvider(entityID: person.installation.identityProvider.entityID.value)
            return try await person.post(
                try person.response(to: received, from: impostor),
                relayState: received.relayState
            )
        },
        ResponseDefect("by another identity provider", .issuerMismatch) { person, received in
            let other = try TestIdentityProvider(entityID: "https://other.example/saml")
            return try await person.post(
                try person.response(to: received, from: other),
                relayState: received.relayState
            )
        },
        ResponseDefect("from another browser", .requestUnknownOrUsed) { person, received in
            let other = try await SignInExchange.startedElsewhere(person)
            return try await person.post(
                try person.response(to: received),
                relayState: received.relayState,
                by: other
            )
        },
        ResponseDefect("from a browser without a key", .requestUnknownOrUsed) { person, received in
            try await person.post(
                try person.response(to: received),
                relayState: received.relayState,
                by: Browser(person.client)
            )
        },
        ResponseDefect("with the RelayState of another request", .requestUnknownOrUsed) { person, received in
            let other = try await person.begin()
            return try await person.post(try person.response(to: received), relayState: other.relayState)
        },
        ResponseDefect("with a RelayState that names another company", .requestUnknownOrUsed) { person, received in
            try await person.post(
                try person.response(to: received),
                relayState: #"{"companyId": "company-b"}"#
            )
        },
        ResponseDefect("at a workspace's own address instead of the shared one", .recipientMismatch) {
            person,
            received in
            try await person.post(
                try person.response(to: received),
                relayState: received.relayState,
                to: "/.portico/saml/company-a/acs"
            )
        },
        ResponseDefect("ten minutes after the start", .requestUnknownOrUsed) { person, received in
            person.installation.clock.advance(by: 600)
            return try await person.post(try person.response(to: received), relayState: received.relayState)
        },
        ResponseDefect("after the workspace was disabled", .companyNotFound) { person, received in
            try await person.installation.change("UPDATE workspaces SET status = 'disabled'")
            return try await person.post(try person.response(to: received), relayState: received.relayState)
        },
        ResponseDefect("after SAML was switched off", .companyNotFound, logged: .samlNotEnabled) { person, received in
            try await person.installation.change("UPDATE identity_providers SET enabled = false")
            return try await person.post(try person.response(to: received), relayState: received.relayState)
        },
        ResponseDefect("unsolicited and without RelayState", .relayStateEmpty) { person, received in
            try await person.post(
                try person.response(to: received) { $0.header.inResponseTo = nil },
                relayState: nil
            )
        },
        ResponseDefect("not base64", .xmlInvalid) { person, received in
            try await person.post("<Response/>", relayState: received.relayState)
        },
        ResponseDefect("not XML", .xmlInvalid) { person, received in
            try await person.post(TestIdentityProvider.formField("no XML"), relayState: received.relayState)
        },
        ResponseDefect("with two SAMLResponses", .xmlInvalid) { person, received in
            let response = try person.response(to: received)
            return try await person.browser.post(
                "/.portico/saml/acs",
                [("SAMLResponse", response), ("SAMLResponse", response)],
                from: .otherSite
            )
        },
        ResponseDefect("with two RelayStates", .xmlInvalid) { person, received in
            try await person.browser.post(
                "/.portico/saml/acs",
                [("SAMLResponse", try person.response(to: received)), ("RelayState", "a"), ("RelayState", "b")],
                from: .otherSite
            )
        },
        ResponseDefect("with a SAMLRequest beside it", .xmlInvalid) { person, received in
            try await person.browser.post(
                "/.portico/saml/acs",
                [("SAMLResponse", try person.response(to: received)), ("SAMLRequest", "a")],
                from: .otherSite
            )
        },
        ResponseDefect("without SAMLResponse", .xmlInvalid) { person, _ in
            try await person.browser.post("/.portico/saml/acs", [("SAMLart", "a")], from: .otherSite)
        },
        ResponseDefect("larger than the limit", .tooLarge) { person, received in
            try await person.post(String(repeating: "A", count: 800_000), relayState: received.relayState)
        },
    ]
}
