package import FoundationEssentials
package import Workspaces

/// Slows down whoever guesses passphrases: by network, in which failures are dear, and by Company ID, whether or not there
/// is a workspace of that name.
///
/// The second one bounds what many networks together can try at one workspace; it is wide enough that somebody who wants
/// to keep an owner out has to keep it up from many of them.
package struct PassphraseLimiter: Sendable {
    private let networks: AttemptLimiter
    private let names: AttemptLimiter
    private let codes: AttemptLimiter

    /// Makes a limiter with full buckets; the defaults allow a network twenty failures at once and one in ten seconds
    /// after that, a Company ID a hundred attempts and one in a second after that, and a member whose passphrase is known
    /// ten codes and ten in an hour after that: of a million codes three are right.
    package init(
        networks: AttemptLimiter.Limits = .init(capacity: 200, refillPerSecond: 1),
        names: AttemptLimiter.Limits = .init(capacity: 100, refillPerSecond: 1),
        codes: AttemptLimiter.Limits = .init(capacity: 10, refillPerSecond: 10.0 / 3_600)
    ) {
        self.networks = AttemptLimiter(limits: networks, scope: .network)
        self.names = AttemptLimiter(limits: names)
        self.codes = AttemptLimiter(limits: codes)
    }

    /// Takes the token of an attempt.
    ///
    /// - Parameters:
    ///   - client: Where the browser is.
    ///   - name: The Company ID that was typed, in the form under which it is looked up.
    ///   - now: The present.
    /// - Returns: `nil` when the attempt may go on, otherwise the time until a token is there.
    package func admit(_ client: ClientAddress, name: String, now: Date) -> Duration? {
        self.networks.admit(client, now: now) ?? self.names.admit(key: Array(name.utf8), now: now)
    }

    /// Takes the token of a code of an authenticator app, once the passphrase was right.
    ///
    /// - Returns: Whether the code may be looked at.
    package func admitCode(of member: UserID, now: Date) -> Bool {
        self.codes.admit(key: withUnsafeBytes(of: member.uuid.uuid) { Array($0) }, now: now) == nil
    }

    /// Takes the tokens of a failure.
    package func recordFailure(_ client: ClientAddress, now: Date) {
        self.networks.recordFailure(client, now: now)
    }
}
