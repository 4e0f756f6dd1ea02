import Synchronization
import Workspaces

/// What the name servers of a test say: whatever the test has published, or nothing at all.
final class TestZone: Sendable {
    private let records = Mutex<[String: [String]]>([:])
    private let isSilent = Mutex(false)

    /// Publishes a text under a name.
    func publish(_ text: String, at name: String) {
        self.records.withLock { $0[name, default: []].append(text) }
    }

    /// Answers nobody any more.
    func fallSilent() {
        self.isSilent.withLock { $0 = true }
    }

    /// What is found of a claim's record.
    func finding(for claim: DomainClaim) -> DomainFinding {
        guard !self.isSilent.withLock({ $0 }) else { return .silent("no name server answered") }
        return .answered(self.records.withLock { $0[claim.recordName] ?? [] })
    }
}
