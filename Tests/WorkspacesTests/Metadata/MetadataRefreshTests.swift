import FoundationEssentials
import SAML
import Testing
import Workspaces

@Suite("Refresh of metadata")
struct MetadataRefreshTests {
    /// Metadata over a configuration, and what comes of it.
    struct Row: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var mode = MetadataRefreshMode.pinned
        var pinned = ["A"]
        var listed: [String]
        var known: [MetadataProposal] = []
        var after: [String]?
        var proposals: [String] = []
        var told: [String] = []

        static let pinned = [
            Row(testDescription: "the same certificate changes nothing", listed: ["A"]),
            Row(
                testDescription: "a new certificate waits and is told",
                listed: ["A", "B"],
                proposals: ["add B"],
                told: ["metadata_change_proposed add B:B"]
            ),
            Row(
                testDescription: "one that waits is told once",
                listed: ["A", "B"],
                known: [SampleMetadata.proposal("B", .add)],
                proposals: ["add B"]
            ),
            Row(
                testDescription: "one that was rejected stays so",
                listed: ["A", "B"],
                known: [SampleMetadata.proposal("B", .add, isRejected: true)],
                proposals: ["add B rejected"]
            ),
            Row(
                testDescription: "one that is gone again waits no longer",
                listed: ["A"],
                known: [SampleMetadata.proposal("B", .add)],
                told: ["metadata_change_withdrawn add B:B"]
            ),
            Row(
                testDescription: "one that is not listed any more stays pinned and is told",
                pinned: ["A", "B"],
                listed: ["B"],
                proposals: ["remove A"],
                told: ["metadata_change_proposed remove A:A"]
            ),
            Row(
                testDescription: "one that is listed again waits no longer",
                listed: ["A"],
                known: [SampleMetadata.proposal("A", .remove)],
                told: ["metadata_change_withdrawn remove A:A"]
            ),
            Row(
                testDescription: "a key that was exchanged counts for nothing, the old one goes on",
                listed: ["E"],
                proposals: ["add E", "remove A"],
                told: ["metadata_change_proposed add E:E", "metadata_change_proposed remove A:A"]
            ),
            Row(
                testDescription: "fetched by hand in the mode off, it is proposed as well",
                mode: .off,
                listed: ["A", "B"],
                proposals: ["add B"],
                told: ["metadata_change_proposed add B:B"]
            ),
        ]

        static let automatic = [
            Row(testDescription: "the same certificates change nothing", mode: .automatic, listed: ["A"], after: ["A"]),
            Row(
                testDescription: "another order changes nothing",
                mode: .automatic,
                pinned: ["A", "B"],
                listed: ["B", "A"],
                after: ["A", "B"]
            ),
            Row(
                testDescription: "a new certificate counts, the old one while it is listed",
                mode: .automatic,
                listed: ["B", "A"],
                after: ["A", "B"],
                told: ["saml_configured"]
            ),
            Row(
                testDescription: "one that is not listed any more counts no longer",
                mode: .automatic,
                pinned: ["A", "B"],
                listed: ["B"],
                after: ["B"],
                told: ["saml_configured"]
            ),
            Row(
                testDescription: "what waited in pinned mode is decided",
                mode: .automatic,
                listed: ["A", "B"],
                known: [SampleMetadata.proposal("B", .add, isRejected: true)],
                after: ["A", "B"],
                told: ["saml_configured"]
            ),
        ]
    }

    @Test("Q21 metadata", arguments: Row.pinned + Row.automatic)
    func rows(_ row: Row) throws {
        var sample = SampleMetadata(pinned: row.pinned, listed: row.listed, mode: row.mode)
        sample.state.proposals = row.known
        let outcome = try #require(try sample.succeeded())
        #expect(outcome.pinned == row.after)
        #expect(outcome.proposals == row.proposals)
        #expect(outcome.told == row.told)
        #expect(outcome.state.refreshedAt == SampleMetadata.now)
        #expect((outcome.state.dueAt == nil) == (row.mode == .off))
    }

    @Test("T4 every certificate that is told of is named by its whole fingerprint, on whose word and for how long")
    func detail() throws {
        let outcome = try #require(try SampleMetadata(listed: ["A", "B"]).succeeded())
        let event = try #require(outcome.events.first)
        #expect(event.actor == .system)
        #expect(event.workspaceID == outcome.events.first?.workspaceID)
        #expect(event.detail["not_after"] == SAMLInstant.format(SampleMetadata.now.addingTimeInterval(86_400)))
        let automatic = try #require(try SampleMetadata(listed: ["B"], mode: .automatic).succeeded())
        #expect(automatic.allEvents.first?.detail["certificates"] == "B:B")
        #expect(automatic.allEvents.first?.detail["old_certificates"] == "A:A")
    }

    @Test("Another sign-in URL is told once in pinned mode, and taken in automatic mode")
    func signInURL() throws {
        var sample = SampleMetadata(offeredSignInURL: "https://idp.example/new")
        let first = try #require(try sample.succeeded())
        #expect(first.configuration == nil)
        #expect(first.state.offeredSignInURL == "https://idp.example/new")
        #expect(first.events.map(\.action) == [.metadataChangeProposed])
        #expect(first.events.first?.detail["sign_in_url"] == "https://idp.example/new")
        sample.state = first.state
        #expect(try sample.succeeded()?.events.isEmpty == true)
        sample.mode = .automatic
        let taken = try #require(try sample.succeeded())
        #expect(taken.configuration?.configured.identityProvider?.signInURL == "https://idp.example/new")
        #expect(taken.state.offeredSignInURL == nil)
        #expect(taken.configuration?.configured.identityProvider?.metadataSource?.mode == .automatic)
    }

    @Test("Logout URLs stay as an administrator set them, in automatic mode too")
    func logoutURLs() throws {
        let listed = [
            MetadataEndpoint(
                binding: .httpRedirect,
                location: "https://idp.example/slo",
                responseLocation: "https://idp.example/answers"
            )
        ]
        let own = SingleLogoutService(url: "https://idp.example/own", binding: .post, responseURL: nil)
        for service in [nil, own] {
            var sample = SampleMetadata(listed: ["A", "B"], mode: .automatic, logoutServices: listed)
            sample.singleLogout = service
            let taken = try #require(try sample.succeeded())
            #expect(taken.pinned == ["A", "B"])
            #expect(taken.configuration?.configured.identityProvider?.singleLogout == service)
        }
    }

    @Test("T4 a sign-in URL without https changes nothing in automatic mode, not even the certificates")
    func plainSignInURL() throws {
        let sample = SampleMetadata(
            listed: ["A", "B"],
            mode: .automatic,
            offeredSignInURL: "http://idp.example/sso"
        )
        let outcome = try #require(try sample.succeeded())
        #expect(outcome.configuration == nil)
        #expect(outcome.told == ["metadata_refresh_failed"])
        #expect(outcome.state.failures == 1)
        #expect(outcome.state.problem?.contains("sign_in_url: Plain http") == true)
        #expect(outcome.state.refreshedAt == nil)
    }

    @Test("A failure keeps everything, is told with its number, and the next attempt is later each time")
    func failures() throws {
        var sample = SampleMetadata()
        sample.state = MetadataRefreshState(
            refreshedAt: SampleMetadata.now.addingTimeInterval(-60),
            validUntil: SampleMetadata.now.addingTimeInterval(-1),
            proposals: [SampleMetadata.proposal("B", .add)]
        )
        let before = sample.state
        var delays: [Double] = []
        for number in 1...10 {
            let outcome = try #require(try sample.refresh().failed("It is away.", from: SampleMetadata.url))
            #expect(outcome.configuration == nil)
            #expect(outcome.state.failures == number)
            #expect(outcome.state.problem == "It is away.")
            #expect(outcome.state.refreshedAt == before.refreshedAt)
            #expect(outcome.state.proposals == before.proposals)
            #expect(outcome.events.map(\.action) == [.metadataRefreshFailed])
            #expect(outcome.events.first?.detail == ["problem": "It is away.", "failures": "\(number)"])
            delays.append(try #require(outcome.state.dueAt).timeIntervalSince(SampleMetadata.now))
            sample.state = outcome.state
        }
        #expect(delays.prefix(3) == [300, 600, 1200])
        #expect(delays.suffix(2) == [21_600, 21_600])
        let recovered = try #require(try sample.succeeded())
        #expect(recovered.told == ["metadata_refreshed", "metadata_change_withdrawn add B:B"])
        #expect(recovered.state.failures == 0)
        #expect(recovered.state.problem == nil)
    }

    @Test("What was fetched counts only for a workspace with the same source and issuer")
    func overtaken() throws {
        #expect(try SampleMetadata(source: "https://idp.example/other").succeeded() == nil)
        #expect(try SampleMetadata(issuer: "urn:other").succeeded() == nil)
        let elsewhere = try SampleMetadata(source: "https://idp.example/other").refresh()
        #expect(elsewhere.failed("It is away.", from: SampleMetadata.url) == nil)
    }
}
