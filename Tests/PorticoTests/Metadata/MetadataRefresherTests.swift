import Foundation
import Storage
import Testing
import Workspaces
import XMLSecurity

@testable import Portico

/// From a web server with TLS to the configuration in PostgreSQL.
@Suite("Refreshing metadata")
struct MetadataRefresherTests {
    @Test("Pinned: a new key counts when it is approved, an old one until its end is approved")
    func pinned() async throws {
        let (old, new) = (try MetadataText.certificate("old"), try MetadataText.certificate("new"))
        try await MetadataBench.with([old]) { bench in
            #expect(try await bench.refresh()?.allEvents.isEmpty == true)
            bench.server.publish(MetadataText.document([new]))
            #expect(try await bench.refresh()?.state.proposals.map(\.kind) == [.add, .remove])
            #expect(try await bench.refresh()?.allEvents.isEmpty == true)
            #expect(try await bench.pinned() == [old.sha256Fingerprint])
            for (certificate, after) in [(new, [old, new]), (old, [new])] {
                _ = try await bench.commands.json("saml", "approve", "company-a", certificate.sha256Fingerprint)
                #expect(try await bench.pinned() == after.map(\.sha256Fingerprint))
            }
            #expect(try await bench.refresh()?.state.proposals.isEmpty == true)
        }
    }

    @Test("Automatic: a new key counts at once, the old one while it is listed")
    func automatic() async throws {
        let (old, new) = (try MetadataText.certificate("old"), try MetadataText.certificate("new"))
        try await MetadataBench.with([old], mode: .automatic) { bench in
            bench.server.publish(MetadataText.document([new, old], signInURL: "https://idp.example/moved"))
            try await bench.refresh()
            #expect(try await bench.pinned() == [old, new].map(\.sha256Fingerprint))
            #expect(try await bench.configured().identityProvider?.signInURL == "https://idp.example/moved")
            bench.server.publish(MetadataText.document([new]))
            try await bench.refresh()
            #expect(try await bench.pinned() == [new.sha256Fingerprint])
        }
    }

    /// What the server publishes instead, and how the failure is told.
    struct Failure: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let words: String
        let document: @Sendable (SigningCertificate) -> String?

        static let all = [
            Failure(testDescription: "nothing", words: "answers with status 503") { _ in nil },
            Failure(testDescription: "another entity", words: "There is no entity https://idp.example/metadata") {
                MetadataText.document([$0], entityID: "https://evil.example/metadata")
            },
            Failure(testDescription: "metadata that has expired", words: "was valid until 2020-01-01T00:00:00Z") {
                MetadataText.document([$0], attributes: "validUntil=\"2020-01-01T00:00:00Z\"")
            },
            Failure(testDescription: "no certificate", words: "no certificate that the identity provider signs with") {
                _ in MetadataText.document([])
            },
            Failure(testDescription: "a page", words: "This is a web page") { _ in "<html><body>Sign in</body></html>"
            },
            Failure(testDescription: "a sign-in URL without https", words: "sign_in_url: Plain http") {
                MetadataText.document([$0], signInURL: "http://idp.example/sso")
            },
        ]
    }

    @Test("What cannot be used changes nothing, is told, and is tried again", arguments: Failure.all)
    func failures(_ failure: Failure) async throws {
        let (old, new) = (try MetadataText.certificate("old"), try MetadataText.certificate("new"))
        try await MetadataBench.with([old], mode: .automatic) { bench in
            bench.server.publish(failure.document(new))
            let before = try await bench.configured()
            let outcome = try #require(try await bench.refresh())
            #expect(outcome.allEvents.map(\.action) == [.metadataRefreshFailed])
            #expect(outcome.state.problem?.contains(failure.words) == true, "\(outcome.state.problem ?? "")")
            #expect(try await bench.configured() == before)
            #expect(try await bench.state().failures == 1)
            #expect(try await bench.state().dueAt != nil)
            bench.server.publish(MetadataText.document([new]))
            try await bench.refresh()
            #expect(try await bench.pinned() == [new.sha256Fingerprint])
            #expect(try await bench.state().problem == nil)
        }
    }

    @Test("An identity provider that is away is a failure like others")
    func away() async throws {
        try await MetadataBench.with([try MetadataText.certificate()]) { bench in
            try await bench.server.stop()
            let result = try await bench.refresher().refresh(try await bench.scope(), actor: .system)
            #expect(result.outcome?.state.problem?.contains("Nothing that can be trusted answers") == true)
            #expect(result.problem?.contains("accepts no connection") == true)
        }
    }

    @Test("A workspace is not told which addresses there are around the gateway, the operator is")
    func addressesOfTheInside() async throws {
        try await MetadataBench.with([try MetadataText.certificate()]) { bench in
            let result = try await bench.refresher(reaching: false).refresh(try await bench.scope(), actor: .system)
            let event = try #require(result.outcome?.allEvents.first)
            #expect(event.action == .metadataRefreshFailed)
            #expect(event.detail["problem"]?.contains("leads to no host of the public Internet") == true)
            #expect(!event.detail.values.contains { $0.contains("127.0.0.1") })
            #expect(result.outcome?.state.problem == event.detail["problem"])
            #expect(result.problem?.contains("127.0.0.1") == true)
        }
    }
}
