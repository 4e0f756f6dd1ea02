/// The error codes that are sent (RFC 9113, 7).
package enum HTTP2Error: UInt32, Hashable, Sendable {
    /// No error: the rest of the request is not wanted.
    case none = 0x0
    /// The client broke the rules.
    case protocolError = 0x1
    /// Something failed on this side, or behind it.
    case internalError = 0x2
    /// Nothing of the request was looked at.
    case refusedStream = 0x7
    /// The stream is no longer wanted.
    case cancel = 0x8
    /// The client does what only an attacker does.
    case enhanceYourCalm = 0xB
}
