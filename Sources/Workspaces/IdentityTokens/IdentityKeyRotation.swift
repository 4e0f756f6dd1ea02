package import FoundationEssentials

/// Decides what happens when a new key of the identity token shall take the place of the present one.
///
/// The lead is the time that upstreams have to learn the new key, which is published at once: until its end the present
/// key signs. After it the former key stays published for ``IdentityKey/formerTime``, since upstreams may look at a token
/// again that they kept.
package struct IdentityKeyRotation: Hashable, Sendable {
    /// Why keys are not rotated, in words for the operator.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// The last rotation has not come to its end.
        case underWay(until: Date)
        /// Upstreams would meet the new key before they can know it.
        case leadTooShort

        /// What is wrong and what to do, in one line.
        package var description: String {
            switch self {
            case .underWay(let until):
                "The identity-token key of the last rotation takes over at \(until.formatted(.iso8601)); rotate again"
                    + " after that, or with an overlap of 0s if a key has leaked, which retires every older key at once."
            case .leadTooShort:
                "Applications may keep the published keys for a while, so a new identity-token key is published an hour"
                    + " before it signs; rotate with an overlap of at least 1h, or of 0s if a key has leaked."
            }
        }
    }

    /// The older keys that are changed, with their new times.
    package let replaced: [IdentityKey]
    /// The new key with its times.
    package let added: IdentityKey
    /// What the operator's audit log says.
    package let event: AuditEvent

    /// Works a rotation out.
    ///
    /// - Parameters:
    ///   - schedule: The keys as they are.
    ///   - new: The new key; its times are set here.
    ///   - lead: How long it is published before it signs; zero makes it active and retires all others at once.
    ///   - actor: On whose word.
    ///   - now: The present.
    /// - Returns: What is to be written.
    /// - Throws: ``Refusal``, unless the lead is zero.
    package static func decide(
        _ schedule: IdentityKeySchedule,
        adding new: IdentityKey,
        lead: Duration,
        actor: AuditActor,
        now: Date
    ) throws(Refusal) -> IdentityKeyRotation {
        try Self.check(schedule, lead: lead, now: now)
        // Nothing is overlapped where nothing signs.
        let isFirst = schedule.signing(at: now) == nil
        let takeover = isFirst ? now : now.advanced(by: lead)
        var added = new
        added.activeFrom = takeover
        let replaced = schedule.keys.filter { $0.state(at: now) != .retired }
            .compactMap { key -> IdentityKey? in
                var key = key
                if lead == .zero {
                    key.signsUntil = min(key.signsUntil ?? now, now)
                    key.retiresAt = now
                } else {
                    guard key.signsUntil == nil else { return nil }
                    key.signsUntil = takeover
                    key.retiresAt = takeover.advanced(by: IdentityKey.formerTime)
                }
                return key
            }
        let event = AuditEvent(
            time: now,
            workspaceID: nil,
            actor: actor,
            action: .identityKeysRotated,
            detail: ["key": added.id.description, "takes_over_at": takeover.formatted(.iso8601)]
        )
        return IdentityKeyRotation(replaced: replaced, added: added, event: event)
    }

    /// Asks whether a rotation is possible, before a key is made for it.
    ///
    /// - Throws: ``Refusal``, unless the lead is zero.
    package static func check(_ schedule: IdentityKeySchedule, lead: Duration, now: Date) throws(Refusal) {
        guard lead > .zero else { return }
        guard lead >= IdentityKey.shortestLead else { throw .leadTooShort }
        if let next = schedule.next(at: now).first { throw .underWay(until: next.activeFrom) }
    }

    /// The event of a new installation's first key.
    package static func creation(of key: IdentityKey, now: Date) -> AuditEvent {
        AuditEvent(
            time: now,
            workspaceID: nil,
            actor: .system,
            action: .identityKeysCreated,
            detail: ["key": key.id.description]
        )
    }
}
