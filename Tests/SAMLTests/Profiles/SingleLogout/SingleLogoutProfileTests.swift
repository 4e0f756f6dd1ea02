import FoundationEssentials
import SAML
import Testing

@Suite("Single Logout profile")
struct SingleLogoutProfileTests {
    private let profile: SingleLogoutProfile
    private let now: Date
    private let request: LogoutRequest
    private let response: LogoutResponse
    private let requestID: MessageID

    init() throws {
        self.now = try #require(SAMLInstant.parse("2026-03-01T12:00:00Z"))
        let endpoint = "https://gateway.example/.portico/saml/slo"
        self.profile = SingleLogoutProfile(
            LogoutExpectations(
                identityProvider: try #require(EntityID("https://idp.example/saml")),
                singleLogoutService: endpoint,
                now: self.now,
                clockSkew: .seconds(60)
            )
        )
        self.requestID = try #require(MessageID("_request"))
        self.request = LogoutRequest(
            id: try #require(MessageID("_logout")),
            issueInstant: self.now,
            destination: endpoint,
            issuer: Issuer("https://idp.example/saml"),
            notOnOrAfter: self.now + 300,
            nameID: NameID(value: "_transient", format: NameID.transientFormat),
            sessionIndexes: ["_s1", "_s2"]
        )
        self.response = LogoutResponse(
            id: try #require(MessageID("_answer")),
            issueInstant: self.now,
            inResponseTo: self.requestID,
            destination: endpoint,
            issuer: Issuer("https://idp.example/saml", format: Issuer.entityFormat),
            status: Status(code: Status.success)
        )
    }

    @Test
    func acceptsARequestAndSaysWhomItIsAbout() throws {
        let validated = try self.profile.validate(self.request, certificateFingerprint: "AB")
        #expect(validated.id == self.request.id)
        #expect(validated.issuer == EntityID("https://idp.example/saml"))
        #expect(validated.nameID == self.request.nameID)
        #expect(validated.sessionIndexes == ["_s1", "_s2"])
        #expect(validated.replayableUntil == self.now + 300 + 181)
    }

    @Test
    func forgetsARequestWithoutAnEndAfterItsLifetime() throws {
        var request = self.request
        request.notOnOrAfter = nil
        request.sessionIndexes = []
        let validated = try self.profile.validate(request, certificateFingerprint: "AB")
        #expect(validated.sessionIndexes.isEmpty)
        #expect(validated.replayableUntil == self.now + 600 + 181)
    }

    @Test(arguments: ["urn:oasis:names:tc:SAML:2.0:status:Success", "urn:oasis:names:tc:SAML:2.0:status:Responder"])
    func handsOnWhatTheIdentityProviderDid(_ code: String) throws {
        var response = self.response
        response.status = Status(code: code, subordinateCode: "urn:oasis:names:tc:SAML:2.0:status:PartialLogout")
        #expect(try self.profile.validate(response, requestID: self.requestID) == response.status)
    }

    /// One thing wrong with a request.
    struct RequestDefect: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let code: ResponseRejection.Code
        let apply: @Sendable (inout LogoutRequest) -> Void

        static let all: [RequestDefect] = [
            RequestDefect("another issuer", .issuerMismatch) { $0.issuer = Issuer("https://b.example/saml") },
            RequestDefect("white space around the issuer", .issuerMismatch) {
                $0.issuer = Issuer(" https://idp.example/saml")
            },
            RequestDefect("an issuer of another format", .issuerMismatch) {
                $0.issuer = Issuer("https://idp.example/saml", format: "x")
            },
            RequestDefect("no Destination", .recipientMismatch) { $0.destination = nil },
            RequestDefect("another Destination", .recipientMismatch) { $0.destination? += "/" },
            RequestDefect("too old", .expiredOrNotYetValid) { $0.issueInstant -= 661 },
            RequestDefect("from the future", .expiredOrNotYetValid) { $0.issueInstant += 61 },
            RequestDefect("at its end", .expiredOrNotYetValid) { $0.notOnOrAfter = $0.issueInstant - 60 },
        ]

        private init(
            _ testDescription: String,
            _ code: ResponseRejection.Code,
            apply: @escaping @Sendable (inout LogoutRequest) -> Void
        ) {
            self.testDescription = testDescription
            self.code = code
            self.apply = apply
        }
    }

    @Test(arguments: RequestDefect.all)
    func refusesARequest(_ defect: RequestDefect) {
        var request = self.request
        defect.apply(&request)
        let rejection = #expect(throws: ResponseRejection.self) {
            try self.profile.validate(request, certificateFingerprint: "AB")
        }
        #expect(rejection?.code == defect.code)
    }

    @Test
    func refusesAResponseToSomethingElse() throws {
        var response = self.response
        for answered in [nil, MessageID("_other")] {
            response.inResponseTo = answered
            let rejection = #expect(throws: ResponseRejection.self) {
                try self.profile.validate(response, requestID: self.requestID)
            }
            #expect(rejection?.code == .requestUnknownOrUsed)
        }
    }

    @Test
    func refusesAResponseFromElsewhereToElsewhereOrOfAnotherTime() {
        let defects: [(ResponseRejection.Code, (inout LogoutResponse) -> Void)] = [
            (.issuerMismatch, { $0.issuer = Issuer("x") }),
            (.recipientMismatch, { $0.destination = nil }),
            (.recipientMismatch, { $0.destination = "https://b.example/slo" }),
            (.expiredOrNotYetValid, { $0.issueInstant -= 661 }),
        ]
        for (code, apply) in defects {
            var response = self.response
            apply(&response)
            let rejection = #expect(throws: ResponseRejection.self) {
                try self.profile.validate(response, requestID: self.requestID)
            }
            #expect(rejection?.code == code)
        }
    }
}
