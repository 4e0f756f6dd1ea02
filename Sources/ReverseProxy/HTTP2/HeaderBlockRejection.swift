/// Why the fields or the body of a stream are malformed (RFC 9113, 8.1.1).
enum HeaderBlockRejection: Error, Hashable, Sendable {
    /// A pseudo-header field that the message does not have, `:protocol` among them, since extended CONNECT is not offered.
    case unknownPseudoField
    /// A pseudo-header field that comes a second time.
    case repeatedPseudoField
    /// A pseudo-header field behind another field, or among trailers.
    case latePseudoField
    /// No `:method`, `:scheme` or `:path`, or one of the latter two with CONNECT; no `:status`.
    case missingPseudoField
    /// A `:method` that is no token.
    case badMethod
    /// A `:scheme` other than `http` and `https`.
    case badScheme
    /// A `:path` that is no path from the root; or an asterisk without OPTIONS.
    case badPath
    /// An `:authority` that is empty or has user information.
    case badAuthority
    /// A `host` that differs from `:authority`, or a second one.
    case contradictoryHost
    /// A `:status` that is none, 101, or that of an interim answer which ends the stream.
    case badStatus
    /// A name that is empty, has capital letters or is no token.
    case badFieldName
    /// A value with a control byte, or white space at an end.
    case badFieldValue
    /// A field that belongs to a connection of HTTP/1.1 (RFC 9113, 8.2.2).
    case connectionField
    /// A `content-length` that is not one number.
    case badContentLength
    /// DATA frames that do not add up to `content-length`.
    case contradictoryLength
    /// Trailers that do not end the stream.
    case endlessTrailers
}
