import NIOCore
import NIOHPACK

/// Writes the fields of an upstream's answer as the HTTP/1.1 head that ``UpstreamHandler`` reads (RFC 9113, 8.3.2).
///
///     :status 200, content-type application/grpc
///
///     HTTP/1.1 200
///     content-type: application/grpc
///     transfer-encoding: chunked
///     connection: close
///
/// Here is refused what HTTP/1.1 has no words for, or other words: whatever could become another line, another head or
/// another length on the way to a client. Everything that has the same words in both is judged by the one reading of heads.
struct ResponseBlock {
    /// What is to come behind the head.
    enum Body: Hashable {
        /// Another head: this is an interim answer.
        case anotherHead
        /// The end of the stream, whatever the head says of a length.
        case none
        /// So many bytes.
        case length(Int)
        /// A body whose length nobody told.
        case chunked
    }

    /// Writes a head with its empty line.
    ///
    /// - Parameters:
    ///   - fields: What the HEADERS frame holds.
    ///   - endsStream: Whether there is no body.
    ///   - isHEAD: Whether the request is HEAD.
    ///   - head: Where the head goes.
    /// - Returns: What is to come behind it.
    /// - Throws: The first defect; what was written until then is no head.
    static func write(
        _ fields: HPACKHeaders,
        endsStream: Bool,
        isHEAD: Bool,
        to head: inout ByteBuffer
    ) throws(HeaderBlockRejection) -> Body {
        var status: Int?
        var contentLength: Int?
        for (name, value, _) in fields {
            if name.utf8.first == UInt8(ascii: ":") {
                guard name == ":status" else { throw .unknownPseudoField }
                guard status == nil else { throw .repeatedPseudoField }
                let code = try Self.status(value)
                status = code
                head.writeString("HTTP/1.1 \(code) \r\n")
                continue
            }
            // So that a pseudo-header field behind another field is missed too.
            guard status != nil else { throw .missingPseudoField }
            if try Self.writeLine(name, value, to: &head) == .contentLength {
                guard contentLength == nil, let length = FieldText.length(value) else { throw .badContentLength }
                contentLength = length
            }
        }
        guard let status else { throw .missingPseudoField }
        let body = try Self.body(status, contentLength, endsStream: endsStream, isHEAD: isHEAD)
        if contentLength == nil {
            switch body {
            case .chunked: head.writeStaticString("transfer-encoding: chunked\r\n")
            case .length: head.writeStaticString("content-length: 0\r\n")
            case .anotherHead, .none: break
            }
        }
        // A stream is for one request.
        if body != .anotherHead { head.writeStaticString("connection: close\r\n") }
        head.writeStaticString("\r\n")
        return body
    }

    /// Writes trailers as lines, without the empty one.
    ///
    /// What of them may pass is decided where chunked bodies are read.
    static func writeTrailers(_ fields: HPACKHeaders, to buffer: inout ByteBuffer) throws(HeaderBlockRejection) {
        for (name, value, _) in fields {
            guard name.utf8.first != UInt8(ascii: ":") else { throw .latePseudoField }
            _ = try Self.writeLine(name, value, to: &buffer)
        }
    }

    /// A status of three digits, but 101: there is none in HTTP/2 (RFC 9113, 8.6).
    private static func status(_ value: String) throws(HeaderBlockRejection) -> Int {
        guard value.utf8.count == 3, let status = FieldText.length(value), (100...599).contains(status), status != 101
        else { throw .badStatus }
        return status
    }

    private static func body(
        _ status: Int,
        _ contentLength: Int?,
        endsStream: Bool,
        isHEAD: Bool
    ) throws(HeaderBlockRejection) -> Body {
        if status < 200 {
            guard !endsStream else { throw .badStatus }
            return .anotherHead
        }
        if isHEAD || status == 204 || status == 304 { return .none }
        if endsStream {
            guard contentLength ?? 0 == 0 else { throw .contradictoryLength }
            return .length(0)
        }
        return contentLength.map { .length($0) } ?? .chunked
    }

    private static func writeLine(
        _ name: String,
        _ value: String,
        to head: inout ByteBuffer
    ) throws(HeaderBlockRejection) -> FieldKind {
        guard FieldText.isName(name) else { throw .badFieldName }
        guard FieldText.isValue(value) else { throw .badFieldValue }
        let kind = FieldText.kind(of: name)
        switch kind {
        case .connection, .upgrade, .transferEncoding:
            throw .connectionField
        case .hopByHop:
            if name == "keep-alive" || name == "proxy-connection" || name == "te" { throw .connectionField }
        case .other, .host, .contentLength, .expect, .cookie, .setCookie, .identity, .forwardedFor, .forwardedProto,
            .forwardedHost, .forwarding, .requestID, .proxy, .accept, .fetchMode, .twin:
            break
        }
        head.writeString(name)
        head.writeStaticString(": ")
        head.writeString(value)
        head.writeStaticString("\r\n")
        return kind
    }
}
