import Storage
import Workspaces

/// What `portico audit --verify --json` writes.
struct AuditCheckReport: Encodable {
    let isIntact: Bool
    let defect: String?
    let isSealChecked: Bool
    let verified: Int
    let unsealed: Int
    let position: Int
    let hash: String
    let prunedPosition: Int
    let prunedHash: String
    let unverifiedPosition: Int?
    let sealedLate: Int
    let firstSealedLate: Int?

    private enum CodingKeys: String, CodingKey {
        case isIntact = "intact"
        case defect
        case isSealChecked = "sealChecked"
        case verified
        case unsealed
        case position
        case hash
        case prunedPosition
        case prunedHash
        case unverifiedPosition
        case sealedLate
        case firstSealedLate
    }

    init(_ verification: AuditVerification) {
        self.isIntact = verification.defect == nil
        self.defect = verification.defect.map { "\($0)" }
        self.isSealChecked = verification.isSealChecked
        self.verified = verification.verified
        self.unsealed = verification.unsealed
        self.position = verification.head.position
        self.hash = "\(verification.head.hash)"
        self.prunedPosition = verification.head.prunedPosition
        self.prunedHash = "\(verification.head.prunedHash)"
        self.unverifiedPosition = verification.head.unverifiedPosition
        self.sealedLate = verification.late
        self.firstSealedLate = verification.firstLate
    }
}
