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
    private let madeAt: Int64
    private let number: Int
    private let generation: IdentityGeneration

    /// Takes lines that were made in the numbered generation.
    init(rule: ProxySettings.Rule, lines: [UInt8], madeAt: Int64, in number: Int, of generation: IdentityGeneration) {
        self.rule = rule
        self.lines = lines
        self.madeAt = madeAt
        self.number = number
        self.generation = generation
    }

    /// Whether it may be sent, at a time in milliseconds since 1970: not when it is old, nor when the clock was set back
    /// to before its making, nor when everything of its generation was taken out of use.
    @inline(__always)
    func isUsable(at wall: Int64) -> Bool {
        // One comparison for the first two: an age below zero becomes a large one.
        UInt64(bitPattern: wall &- self.madeAt) < Self.usableFor && self.generation.current == self.number
    }
}
