import FoundationEssentials
import Testing
import Workspaces

@Suite("Review of metadata")
struct MetadataReviewTests {
    private static func sample() -> SampleMetadata {
        SampleMetadata(
            pinned: ["A", "C"],
            state: MetadataRefreshState(
                dueAt: SampleMetadata.now,
                proposals: [
                    SampleMetadata.proposal("B", .add), SampleMetadata.proposal("A", .remove),
                    SampleMetadata.proposal("D", .add, isRejected: true),
                ]
            )
        )
    }

    /// What is approved, and what comes of it.
    struct Row: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var approved: [String]
        var after: [String]
        var left: [String]

        static let all = [
            Row(
                testDescription: "a new one is pinned beside the old ones",
                approved: ["B:B"],
                after: ["A", "C", "B"],
                left: ["remove A", "add D rejected"]
            ),
            Row(
                testDescription: "one that is gone is pinned no longer",
                approved: ["A:A"],
                after: ["C"],
                left: ["add B", "add D rejected"]
            ),
            Row(
                testDescription: "without colons, in small letters, and twice",
                approved: ["bb", "B:B"],
                after: ["A", "C", "B"],
                left: ["remove A", "add D rejected"]
            ),
            Row(
                testDescription: "several at once, and a no of before",
                approved: ["A:A", "B:B", "D:D"],
                after: ["C", "B", "D"],
                left: []
            ),
        ]
    }

    @Test("A yes is carried out and told", arguments: Row.all)
    func approve(_ row: Row) throws {
        let outcome = try Self.sample().review().approve(row.approved, loopbackHTTP: .refused)
        #expect(outcome.pinned == row.after)
        #expect(outcome.proposals == row.left)
        #expect(outcome.state.dueAt == SampleMetadata.now)
        #expect(outcome.allEvents.first?.action == .samlConfigured)
        #expect(outcome.events.allSatisfy { $0.action == .metadataChangeApproved && $0.actor == .operator })
        #expect(outcome.events.count == Set(row.approved.map { $0.uppercased().filter { $0 != ":" } }).count)
    }

    @Test("A no changes nothing but the proposal, and is told once")
    func reject() throws {
        let outcome = try Self.sample().review().reject(["B:B", "b:b", "D:D"])
        #expect(outcome.configuration == nil)
        #expect(outcome.proposals == ["add B rejected", "remove A", "add D rejected"])
        #expect(outcome.told == ["metadata_change_rejected add B:B"])
    }

    @Test(
        "A fingerprint that is not proposed, or not whole, decides nothing",
        arguments: ["C:C", "B", "", "B:B:B", "B:B "]
    )
    func unknown(_ fingerprint: String) throws {
        let review = try Self.sample().review()
        #expect(throws: MetadataReviewRefusal.notProposed(fingerprint)) {
            try review.approve(["A:A", fingerprint], loopbackHTTP: .refused)
        }
        #expect(throws: MetadataReviewRefusal.notProposed(fingerprint)) { try review.reject([fingerprint]) }
    }

    @Test("The last certificate stays, unless another takes its place")
    func last() throws {
        var sample = SampleMetadata()
        sample.state.proposals = [SampleMetadata.proposal("A", .remove), SampleMetadata.proposal("B", .add)]
        let review = try sample.review()
        #expect(throws: MetadataReviewRefusal.noCertificateLeft) {
            try review.approve(["A:A"], loopbackHTTP: .refused)
        }
        #expect(try review.approve(["A:A", "B:B"], loopbackHTTP: .refused).pinned == ["B"])
    }

    @Test("rulings 7 a ninth certificate is refused")
    func ninth() throws {
        var sample = SampleMetadata(pinned: ["A", "B", "C", "D", "E", "F", "G", "H"])
        sample.state.proposals = [SampleMetadata.proposal("X", .add)]
        let review = try sample.review()
        let error = #expect(throws: ConfigurationMistakes.self) {
            try review.approve(["X:X"], loopbackHTTP: .refused)
        }
        #expect(error?.mistakes.map(\.field) == ["certificates"])
    }
}
