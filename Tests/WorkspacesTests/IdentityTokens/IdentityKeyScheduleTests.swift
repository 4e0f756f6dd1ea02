import Foundation
import Testing
import Workspaces

@Suite("The life of a key of the identity token")
struct IdentityKeyScheduleTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)
    private static let lead = Duration.seconds(86_400)
    private static let day: TimeInterval = 86_400

    private static func key() -> IdentityKey {
        IdentityKey(id: IdentitySigningKey.generate().id, createdAt: Self.now, activeFrom: Self.now)
    }

    /// The keys after a rotation, the new one last.
    private static func rotated(
        _ keys: [IdentityKey],
        lead: Duration = Self.lead,
        at now: Date = Self.now
    ) throws -> [IdentityKey] {
        let rotation = try IdentityKeyRotation.decide(
            IdentityKeySchedule(keys),
            adding: IdentityKey(id: IdentitySigningKey.generate().id, createdAt: now, activeFrom: now),
            lead: lead,
            actor: .operator,
            now: now
        )
        return keys.map { key in rotation.replaced.first { $0.id == key.id } ?? key } + [rotation.added]
    }

    private static func published(_ keys: [IdentityKey], after seconds: TimeInterval) -> [IdentityKeyID] {
        IdentityKeySchedule(keys).published(at: Self.now.addingTimeInterval(seconds)).map(\.id)
    }

    private static func signing(_ keys: [IdentityKey], after seconds: TimeInterval) -> IdentityKeyID? {
        IdentityKeySchedule(keys).signing(at: Self.now.addingTimeInterval(seconds))?.id
    }

    @Test func aNewInstallationHasNone() {
        #expect(Self.signing([], after: 0) == nil)
        #expect(Self.published([], after: 0).isEmpty)
    }

    @Test func theFirstKeySignsAtOnceAndForGood() {
        let key = Self.key()
        #expect(Self.signing([key], after: 0) == key.id)
        #expect(Self.signing([key], after: 4_000 * Self.day) == key.id)
        #expect(Self.published([key], after: 4_000 * Self.day) == [key.id])
    }

    @Test func aNextKeyIsPublishedForTheWholeLeadBeforeItSigns() throws {
        let keys = try Self.rotated([Self.key()])
        for seconds in [0, Self.day - 1] {
            #expect(Self.signing(keys, after: seconds) == keys[0].id)
            #expect(Self.published(keys, after: seconds) == [keys[0].id, keys[1].id])
        }
        #expect(Self.signing(keys, after: Self.day) == keys[1].id)
    }

    @Test func aFormerKeyIsPublishedForMoreThanAWeekAfterItsLastSignature() throws {
        let keys = try Self.rotated([Self.key()])
        for seconds in [Self.day, Self.day * 8, Self.day * 9 - 1] {
            #expect(Self.signing(keys, after: seconds) == keys[1].id)
            #expect(Self.published(keys, after: seconds) == [keys[1].id, keys[0].id])
        }
        #expect(Self.published(keys, after: Self.day * 9) == [keys[1].id])
        #expect(keys[0].state(at: Self.now.addingTimeInterval(Self.day * 9)) == .retired)
    }

    @Test func rotationsInARowKeepEveryFormerKeyForItsOwnWeek() throws {
        var keys = try Self.rotated([Self.key()])
        keys = try Self.rotated(keys, at: Self.now.addingTimeInterval(2 * Self.day))
        #expect(Self.published(keys, after: 2 * Self.day) == [keys[1].id, keys[2].id, keys[0].id])
        #expect(Self.published(keys, after: 4 * Self.day) == [keys[2].id, keys[1].id, keys[0].id])
        #expect(Self.published(keys, after: 10 * Self.day) == [keys[2].id, keys[1].id])
        #expect(Self.published(keys, after: 11 * Self.day) == [keys[2].id])
    }

    @Test func aSecondRotationWaitsForTheFirst() throws {
        let keys = try Self.rotated([Self.key()])
        #expect(throws: IdentityKeyRotation.Refusal.underWay(until: Self.now.advanced(by: Self.lead))) {
            try Self.rotated(keys)
        }
        #expect(throws: IdentityKeyRotation.Refusal.leadTooShort) {
            try Self.rotated([keys[0]], lead: .seconds(3_599))
        }
    }

    @Test func aKeyThatLeakedIsPublishedNoMoreAtOnce() throws {
        let keys = try Self.rotated(try Self.rotated([Self.key()]), lead: .zero)
        #expect(Self.published(keys, after: 0) == [keys[2].id])
        #expect(Self.signing(keys, after: 0) == keys[2].id)
    }

    @Test func aRotationOfNothingMakesAKeyThatSignsAtOnce() throws {
        #expect(Self.signing(try Self.rotated([]), after: 0) != nil)
    }

    @Test func theKeySetMayBeKeptForLessThanTheShortestLead() {
        #expect(JSONWebKeySet.maxAge < IdentityKey.shortestLead)
        #expect(IdentityKey.formerTime >= .seconds(7 * 86_400) + IdentityClaims.lifetime)
    }
}
