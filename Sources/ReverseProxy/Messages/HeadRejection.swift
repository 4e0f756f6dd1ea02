/// Why a message head, or the framing of a body, is not accepted.
enum HeadRejection: Error, Hashable, Sendable {
    /// A line feed without the carriage return that belongs before it (RFC 9112, 2.2).
    case bareLineFeed
    /// The head is longer than the limit.
    case tooLong
    /// The head has more lines than the limit.
    case tooManyLines
    /// The request line is not a method, a target and a version with one space between.
    case badRequestLine
    /// The method is not one that HTTP servers agree on.
    case unknownMethod
    /// The target is not a path from the root, or an absolute URL of the same host.
    case badTarget
    /// A version other than HTTP/1.0 and HTTP/1.1.
    case badVersion
    /// A status line that is none.
    case badStatusLine
    /// A 101 that nobody asked for, or in another protocol than was asked for (RFC 9110, 15.2.2).
    case badSwitch
    /// A line that begins with white space (RFC 9112, 5.2).
    case foldedLine
    /// A name that is no token, or white space between it and the colon (RFC 9112, 5.1).
    case badFieldName
    /// A control byte in a value, a bare carriage return among them.
    case badFieldValue
    /// No `Host` in HTTP/1.1, or two, or one that is no host (RFC 9112, 3.2).
    case badHost
    /// A `Content-Length` that is not one number, or more than one of them.
    case badContentLength
    /// A `Transfer-Encoding` other than one `chunked`, or in HTTP/1.0, or beside a `Content-Length` (RFC 9112, 6.1).
    case badTransferEncoding
    /// Chunked framing that is not of RFC 9112, 7.1, or beyond its bounds.
    case badChunk

    /// Whether the size is at fault, which has a status of its own.
    var isSize: Bool { self == .tooLong || self == .tooManyLines }
}
