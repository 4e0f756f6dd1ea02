import Foundation
import Testing
import Workspaces

@Suite("The life of a SAML key")
struct SPKeyScheduleTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)
    private static let overlap = Duration.seconds(86_400)

    /// Keys as after a first start long ago.
    private static let first = SPKeyUse.allCases.map {
        Self.key($0, createdAt: Self.now.addingTimeInterval(-1_000_000))
    }

    private static func key(_ use: SPKeyUse, createdAt: Date = Self.now) -> SPKey {
        SPKey(
            id: .random(),
            use: use,
            certificate: Array(UUID().uuidString.utf8),
            certificateEnd: .distantFuture,
            createdAt: createdAt,
            activeFrom: createdAt
        )
    }

    /// The schedule after a rotation, with its new keys.
    private static func rotated(
        _ keys: [SPKey] = Self.first,
        overlap: Duration = Self.overlap
    ) throws -> (schedule: SPKeySchedule, new: [SPKey]) {
        let rotation = try SPKeyRotation.decide(
            SPKeySchedule(keys),
            adding: SPKeyUse.allCases.map { Self.key($0) },
            overlap: overlap,
            actor: .operator,
            now: Self.now
        )
        let untouched = keys.filter { key in !rotation.retired.contains { $0.id == key.id } }
        return (SPKeySchedule(untouched + rotation.retired + rotation.added), rotation.added)
    }

    private static func ids(_ keys: [SPKey]) -> [SPKeyID] { keys.map(\.id) }

    @Test func aNewInstallationLacksBothKeys() {
        let schedule = SPKeySchedule([])
        #expect(schedule.missing(at: Self.now) == SPKeyUse.allCases)
        #expect(schedule.signing(at: Self.now) == nil)
        #expect(schedule.published(.encryption, at: Self.now).isEmpty)
    }

    @Test func theFirstKeysSignDecryptAndArePublishedAtOnce() {
        let keys = SPKeyUse.allCases.map { Self.key($0) }
        let schedule = SPKeySchedule(keys)
        #expect(schedule.missing(at: Self.now).isEmpty)
        #expect(schedule.signing(at: Self.now)?.id == keys[0].id)
        #expect(Self.ids(schedule.decrypting(at: Self.now)) == [keys[1].id])
        for (use, key) in zip(SPKeyUse.allCases, keys) {
            #expect(Self.ids(schedule.published(use, at: Self.now)) == [key.id])
        }
    }

    @Test func inTheOverlapTheOldKeySignsAndBothDecrypt() throws {
        let (schedule, new) = try Self.rotated()
        let later = Self.now.addingTimeInterval(3600)
        #expect(schedule.signing(at: later)?.id == Self.first[0].id)
        #expect(Self.ids(schedule.decrypting(at: Self.now)) == [new[1].id, Self.first[1].id])
        #expect(Self.ids(schedule.published(.signing, at: later)) == [Self.first[0].id, new[0].id])
        #expect(Self.ids(schedule.published(.encryption, at: later)) == [new[1].id])
    }

    @Test func aNextKeyIsPublishedOnceEveryNodeKnowsIt() throws {
        let (schedule, new) = try Self.rotated()
        for (use, old) in zip(SPKeyUse.allCases, Self.first) {
            #expect(Self.ids(schedule.published(use, at: Self.now.addingTimeInterval(59))) == [old.id])
            let settled = Self.ids(schedule.published(use, at: Self.now.addingTimeInterval(60)))
            #expect(settled.contains(use == .signing ? new[0].id : new[1].id))
        }
    }

    @Test func atTheEndOfTheOverlapTheNewKeysTakeOver() throws {
        let (schedule, new) = try Self.rotated()
        let takeover = Self.now.advanced(by: Self.overlap)
        let before = takeover.addingTimeInterval(-1)
        #expect(schedule.keys.filter { $0.state(at: before) == .active }.count == 2)
        #expect(schedule.signing(at: takeover)?.id == new[0].id)
        #expect(Self.ids(schedule.decrypting(at: takeover)) == [new[1].id])
        #expect(Self.ids(schedule.published(.signing, at: takeover)) == [new[0].id])
        #expect(
            Self.first.allSatisfy { key in schedule.keys.first { $0.id == key.id }?.state(at: takeover) == .retired }
        )
        #expect(schedule.missing(at: takeover).isEmpty)
    }

    @Test func aSecondRotationWaitsForTheFirstUnlessAKeyLeaked() throws {
        let (schedule, next) = try Self.rotated()
        #expect(throws: SPKeyRotation.Refusal.underWay(until: Self.now.advanced(by: Self.overlap))) {
            _ = try Self.rotated(schedule.keys)
        }
        let (forced, new) = try Self.rotated(schedule.keys, overlap: .zero)
        #expect(forced.signing(at: Self.now)?.id == new[0].id)
        #expect(Self.ids(forced.decrypting(at: Self.now)) == [new[1].id])
        #expect(
            (Self.first + next)
                .allSatisfy { old in
                    forced.keys.first { $0.id == old.id }?.state(at: Self.now) == .retired
                }
        )
    }

    @Test func aRotationOfNothingMakesKeysThatAreActiveAtOnce() throws {
        let (schedule, _) = try Self.rotated([])
        #expect(schedule.missing(at: Self.now).isEmpty)
    }

    @Test func theAuditLogNamesTheNewCertificates() throws {
        let rotation = try SPKeyRotation.decide(
            SPKeySchedule(Self.first),
            adding: SPKeyUse.allCases.map { Self.key($0) },
            overlap: Self.overlap,
            actor: .operator,
            now: Self.now
        )
        let event = try #require(rotation.events.first)
        #expect(event.action == .spKeysRotated)
        #expect(event.detail["signing_certificate"] == rotation.added[0].sha256Fingerprint)
        #expect(event.detail["encryption_certificate"] == rotation.added[1].sha256Fingerprint)
        #expect(event.detail["takes_over_at"] != nil)
    }
}
