import Synchronization

/// What the upstream of one route is told of one session: the identity headers and the identity token, as complete lines
/// ready to be copied into a request head.
///
/// Connections hold on to it between requests, so whether it may still be used is asked anew at each request.
final class RouteIdentity: Sendable {
    /// How long it is used, in milliseconds: half of `IdentityClaims.lifetime`, so that an upstream always gets a token
    /// that is valid for the other half.
    ///
    /// A literal, since a value that is computed at first use costs a call at every request.
    static let usableFor: UInt64 = 150_000

    /// The route, which the token's audience is.
    let rule: ProxySettings.Rule
    /// The lines, each with its line end.
    let lines: [UInt8]
    /// Milliseconds since 1970 at the token's making.
    private let madeAt: Atomic<Int64>

    init(rule: ProxySettings.Rule, lines: [UInt8], madeAt: Int64) {
        self.rule = rule
        self.lines = lines
        self.madeAt = Atomic(madeAt)
    }

    /// Whether it may be sent, at a time in milliseconds since 1970: not when it is old, nor when the clock was set back
    /// to before its making.
    @inline(__always)
    func isUsable(at wall: Int64) -> Bool {
        // One comparison for both: an age below zero becomes a large one.
        UInt64(bitPattern: wall &- self.madeAt.load(ordering: .relaxed)) < Self.usableFor
    }

    /// Takes it out of use; connections that remember it notice at their next request.
    func discard() {
        self.madeAt.store(.min, ordering: .relaxed)
    }
}
