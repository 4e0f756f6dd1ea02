import NIOCore

/// The facts of the request in hand that its answer depends on.
struct Exchange {
    /// The rule that the request matched.
    var rule: ProxySettings.Rule?
    /// Where the request is counted.
    var subject = LoopCounters.Subject.nowhere
    /// The method, as far as it is told apart.
    var method = RequestMethod.other
    /// The status of the answer, once there is one.
    var status = 0
    /// What the access log will tell of it.
    var access: AccessDraft?
    /// The request id.
    var tag = RequestTag.made(SIMD16())
    /// Whether the client speaks HTTP/1.1.
    var isHTTP11 = true
    /// Whether the method is HEAD, whose answer has no body.
    var isHEAD = false
    /// Whether a person is looking: errors are pages then.
    var isNavigation = false
    /// Whether the connection goes on after the answer.
    var keepsAlive = true
    /// Whether the request may be sent again, since it changes nothing and has no body.
    var isRepeatable = false
    /// Whether it was sent again.
    var wasRepeated = false
    /// The upstreams of the session's workspace, where the rule has such.
    var workspaceUpstreams: UpstreamGroup?
    /// The upstreams of its group that did not take it, a bit for each place.
    var triedUpstreams: UInt64 = 0
    /// The bit of the upstream that is being tried.
    var chosenUpstream: UInt64 = 1
    /// Whether an upstream was passed over because it has as many requests as it may have.
    var hasMetFullUpstream = false
    /// Whether the client asked to go on in another protocol, whatever came of it: bytes behind the head may then be
    /// meant for that protocol and are never read as a request.
    var asksForUpgrade = false
    /// The protocol that the upstream is asked to go on in.
    var upgrade: [UInt8]?
    /// Whether a session was needed or used, whose end is then the end of the exchange.
    var hasSession = false
    /// Since when the session cannot be read.
    var doubtedSince: NIODeadline?
    /// Whether the answer's head was written to the client.
    var isAnswered = false
    /// Whether the client gets the body in chunks.
    var isAnswerChunked = false
    /// The head for the upstream, kept until the answer begins.
    var head: ByteBuffer?
    /// Whether the upstream was told that the body comes after `100 Continue`, and has not said so yet: an answer without
    /// it may mean that the upstream reads no body, whatever was sent.
    var awaitsContinue = false
    /// Whether a part of the body was passed on.
    var isBodySent = false
    /// How many bytes of the body came.
    var bodySize = 0
    /// How long they took.
    var pace = BodyPace()
    /// When the request began.
    var startedAt = NIODeadline.uptimeNanoseconds(0)

    /// Whether the client rightly sends nothing of its body yet (RFC 9110, 10.1.1).
    var mayHoldBodyBack: Bool { self.awaitsContinue && !self.isBodySent }
}
