import Foundation
import GatewayHTTP
import HTTPTypes
import HummingbirdTesting
import PostgreSQL
import SAML
import SAMLTesting
import Testing
import Workspaces
import XMLSecurity

@Suite("Refused responses")
struct RefusedResponseTests {
    @Test(arguments: ResponseDefect.all)
    func areToldByTheirCodeAndWriteNothingButTheAuditEvent(defect: ResponseDefect) async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            try await person.signIn(email: "bob@company-a.example")
            let received = try await person.begin()
            let answer = try await Self.answer(to: defect, person, received)
            #expect(answer.response.code == defect.code.rawValue)
            #expect(answer.response.status.code == defect.code.httpStatus)
            #expect(answer.response.headers[values: .setCookie] == [])
            #expect(answer.response.headers[.cacheControl] == "no-store")
            #expect(answer.after == answer.before)
            #expect(try await StoredState.refusals(installation) == [defect.loggedCode.rawValue])
        }
    }

    private struct Answer {
        let response: TestResponse
        let before: StoredState
        let after: StoredState
    }

    /// Posts the defect, and reads what is stored before and after it.
    private static func answer(
        to defect: ResponseDefect,
        _ person: SignInExchange,
        _ received: TestIdentityProvider.ReceivedRequest
    ) async throws -> Answer {
        let before = try await StoredState.read(person.installation)
        let response = try await defect.post(person, received)
        let after = try await StoredState.read(person.installation)
        return Answer(response: response, before: before, after: after)
    }

    @Test("X3 a response is refused when it is posted again")
    func areRefusedWhenReplayed() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            let response = try person.response(to: received)
            #expect(try await person.post(response, relayState: received.relayState).status == .seeOther)
            let replayed = try await person.post(response, relayState: received.relayState)
            #expect(replayed.status == .badRequest)
            #expect(replayed.code == "request_unknown_or_used")
            #expect(try await StoredState.count("sessions", installation) == 1)
        }
    }

    @Test func areRefusedWhenTheAssertionAnswersASecondRequest() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let assertionID = MessageID.random()
            for status in [HTTPResponse.Status.seeOther, .forbidden] {
                let received = try await person.begin()
                let response = try person.response(to: received) { $0.assertion?.id = assertionID }
                #expect(try await person.post(response, relayState: received.relayState).status == status)
            }
            #expect(try await StoredState.refusals(installation) == ["replayed"])
        }
    }

    @Test func giveOneSessionWhenPostedManyTimesAtOnce() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            let response = try person.response(to: received)
            let statuses = try await withThrowingTaskGroup(of: HTTPResponse.Status.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await person.post(response, relayState: received.relayState).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == .seeOther } == 1)
            #expect(statuses.count { $0 == .badRequest } == 19)
            #expect(try await StoredState.count("sessions", installation) == 1)
        }
    }

    @Test("X3 a response for one workspace serves no other")
    func serveNoOtherWorkspace() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let forA = try await person.begin("company-a")
            let forB = try await person.begin("company-b")
            let response = try person.response(to: forA) { draft in
                draft.header.inResponseTo = forB.request.id
            }
            let answer = try await person.post(response, relayState: forB.relayState)
            #expect(answer.code == "request_unknown_or_used")
            #expect(try await StoredState.count("sessions", installation) == 0)
            #expect(try await StoredState.count("memberships", installation) == 0)
        }
    }

    @Test func leaveTheRequestToTheBrowserThatBeganIt() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            let response = try person.response(to: received)
            let other = Browser(client)
            #expect(
                try await person.post(response, relayState: received.relayState, by: other).code
                    == "request_unknown_or_used"
            )
            #expect(try await person.post(response, relayState: received.relayState).status == .seeOther)
        }
    }

    @Test func useUpTheRequestOfTheirOwnBrowser() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            let unsigned = try person.response(to: received) { $0.signing = .nothing }
            #expect(try await person.post(unsigned, relayState: received.relayState).code == "signature_invalid")
            let valid = try person.response(to: received)
            #expect(try await person.post(valid, relayState: received.relayState).code == "request_unknown_or_used")
        }
    }

    /// Two causes of one refusal: a Response that is made otherwise, or changed after it was signed.
    struct Causes: CustomTestStringConvertible, Sendable {
        let code: RefusalCode
        let make: [@Sendable (SignInExchange, TestIdentityProvider.ReceivedRequest) throws -> String]

        var testDescription: String { self.code.rawValue }

        private static func issued(
            _ seconds: TimeInterval
        ) -> @Sendable (SignInExchange, TestIdentityProvider.ReceivedRequest) throws -> String {
            { person, received in
                try person.response(to: received) {
                    $0.header.issueInstant += seconds
                    $0.assertion?.issueInstant += seconds
                }
            }
        }

        static let all = [
            Causes(code: .expiredOrNotYetValid, make: [Self.issued(700), Self.issued(-3600)]),
            Causes(
                code: .signatureInvalid,
                make: [
                    { person, received in try person.response(to: received, from: TestIdentityProvider()) },
                    { person, received in
                        let bytes = try #require(StrictBase64.decode(try person.response(to: received)))
                        let text = String(decoding: bytes, as: UTF8.self)
                        return StrictBase64.encode(Array(text.replacing("ann@", with: "eve@").utf8))
                    },
                    { person, received in try person.response(to: received) { $0.signing = .nothing } },
                ]
            ),
        ]
    }

    @Test("D18 one code looks the same whatever the cause", arguments: Causes.all)
    func lookTheSameForOneCodeButForTheID(causes: Causes) async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            var pages: Set<String> = []
            for make in causes.make {
                let received = try await person.begin()
                let answer = try await person.post(try make(person, received), relayState: received.relayState)
                #expect(answer.code == causes.code.rawValue)
                let id = try #require(answer.headers[.xRequestID])
                pages.insert(answer.text.replacing(id, with: ""))
            }
            #expect(pages.count == 1)
        }
    }

    @Test func areUnavailableWhileTheDatabaseIsAway() async throws {
        try await TestInstallation.run { installation, client in
            let person = SignInExchange(installation, client)
            let received = try await person.begin()
            let response = try person.response(to: received)
            await installation.database.pool.shutDown()
            let answer = try await person.post(response, relayState: received.relayState)
            #expect(answer.status == .serviceUnavailable)
            #expect(answer.code == "unavailable")
        }
    }

    @Test func slowDownWhoeverKeepsTrying() async throws {
        try await TestInstallation.run(limits: .init(capacity: 25, refillPerSecond: 1)) { _, client in
            let browser = Browser(client)
            var statuses: [HTTPResponse.Status] = []
            for _ in 0..<4 {
                let answer = try await browser.post("/.portico/saml/acs", [("SAMLResponse", "AAAA")], from: .otherSite)
                statuses.append(answer.status)
                if answer.status == .tooManyRequests { #expect(answer.headers[.retryAfter] != nil) }
            }
            #expect(statuses == [.badRequest, .badRequest, .badRequest, .tooManyRequests])
        }
    }
}
