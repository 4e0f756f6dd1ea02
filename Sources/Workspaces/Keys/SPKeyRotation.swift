package import FoundationEssentials

/// Decides what happens when new keys shall take the place of those that there are.
///
/// The overlap is the time that administrators of identity providers have to learn the new certificates: until its end
/// the old keys sign and decrypt, and the new ones are published and decrypt.
package struct SPKeyRotation: Hashable, Sendable {
    /// Why keys are not rotated, in words for the operator.
    package enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
        /// The last rotation has not come to its end.
        case underWay(until: Date)

        /// What is wrong and what to do, in one line.
        package var description: String {
            switch self {
            case .underWay(let until):
                "The keys of the last rotation take over at \(until.formatted(.iso8601)); rotate again after that, or"
                    + " with an overlap of 0s if a key has leaked, which retires every older key at once."
            }
        }
    }

    /// The keys that are retired, or will be, with their new times.
    package let retired: [SPKey]
    /// The new keys with their times.
    package let added: [SPKey]
    /// What the operator's audit log says.
    package let events: [AuditEvent]

    /// Works a rotation out.
    ///
    /// - Parameters:
    ///   - schedule: The keys as they are.
    ///   - new: One new key for each use; their times are set here.
    ///   - overlap: How long both are in use; zero makes the new keys active and retires all others at once.
    ///   - actor: On whose word.
    ///   - now: The present.
    /// - Returns: What is to be written.
    /// - Throws: ``Refusal/underWay(until:)`` when there are next keys already and the overlap is not zero.
    package static func decide(
        _ schedule: SPKeySchedule,
        adding new: [SPKey],
        overlap: Duration,
        actor: AuditActor,
        now: Date
    ) throws(Refusal) -> SPKeyRotation {
        if let next = schedule.next(at: now).max(by: { $0.activeFrom < $1.activeFrom }), overlap > .zero {
            throw .underWay(until: next.activeFrom)
        }
        let takeover = now.advanced(by: overlap)
        let retired = schedule.keys.filter { $0.state(at: now) != .retired }
            .map { key in
                var key = key
                key.retiresAt = takeover
                return key
            }
        let unserved = schedule.missing(at: now)
        let added = new.map { key in
            var key = key
            key.activeFrom = unserved.contains(key.use) ? now : takeover
            return key
        }
        return SPKeyRotation(
            retired: retired,
            added: added,
            events: [Self.event(.spKeysRotated, added, actor: actor, now: now, ["takes_over_at": takeover])]
        )
    }

    /// The event of a new installation's first keys.
    package static func creation(of keys: [SPKey], now: Date) -> AuditEvent {
        Self.event(.spKeysCreated, keys, actor: .system, now: now, [:])
    }

    private static func event(
        _ action: AuditAction,
        _ keys: [SPKey],
        actor: AuditActor,
        now: Date,
        _ times: [String: Date]
    ) -> AuditEvent {
        var detail = times.mapValues { $0.formatted(.iso8601) }
        for key in keys { detail["\(key.use.rawValue)_certificate"] = key.sha256Fingerprint }
        return AuditEvent(time: now, workspaceID: nil, actor: actor, action: action, detail: detail)
    }
}
