import NIOCore

/// Follows one request and its response through the control plane, so that the next request is judged anew.
///
/// The handlers behind see the bytes of one request; their response is framed here as an upstream's is. What cannot be
/// framed ends the connection.
struct ControlExchange {
    private enum Response {
        case head
        case length(Int)
        case chunked(ChunkedBodyReader)
        case untilClose
        case ended
    }

    private let isHEAD: Bool
    /// How many bytes of the head are to be passed.
    var headRemaining: Int
    /// How much of the body is to be passed.
    var body: FrontHandler.RequestBody
    /// Whether the client waits for `100 Continue` before it sends the body.
    var awaitsContinue: Bool
    /// The status of the response, once its head was written.
    private(set) var status: Int?
    /// The identifier that the response has.
    private(set) var requestID: String?
    private var response = Response.head
    private var pending = ByteBuffer()
    private var scanner = HeadScanner()

    init(
        method: RequestMethod,
        headLength: Int,
        body: FrontHandler.RequestBody,
        awaitsContinue: Bool
    ) {
        self.isHEAD = method == .head
        self.headRemaining = headLength
        self.body = body
        self.awaitsContinue = awaitsContinue
    }

    /// Whether the whole request was passed.
    var isRequestComplete: Bool {
        guard self.headRemaining == 0, case .complete = self.body else { return false }
        return true
    }

    /// Whether the whole response was written.
    var isResponseComplete: Bool {
        if case .ended = self.response { return true }
        return false
    }

    /// Follows bytes of the response.
    ///
    /// - Throws: When they are not the response to this request.
    mutating func follow(_ bytes: ByteBuffer, fields: inout FieldLines) throws(HeadRejection) {
        self.pending.writeImmutableBuffer(bytes)
        while self.pending.readableBytes > 0 {
            switch self.response {
            case .head:
                guard try self.followHead(&fields) else { return }
            case .length(let remaining):
                let available = min(remaining, self.pending.readableBytes)
                self.pending.moveReaderIndex(forwardBy: available)
                self.response = available == remaining ? .ended : .length(remaining - available)
            case .chunked(var reader):
                let piece = try reader.next(&self.pending)
                self.response = .chunked(reader)
                guard let piece else { return }
                if case .end = piece { self.response = .ended }
            case .untilClose:
                self.pending.clear()
            case .ended:
                throw .badChunk
            }
        }
        self.pending.clear()
    }

    private mutating func followHead(_ fields: inout FieldLines) throws(HeadRejection) -> Bool {
        let isHEAD = self.isHEAD
        var scanner = self.scanner
        var status = 0
        var requestID: String?
        let next = try self.pending.withUnsafeReadableBytes {
            bytes throws(HeadRejection) -> (response: Response, length: Int)? in
            guard let extent = try scanner.scan(bytes, maximumSize: 65_536, maximumLines: 256) else { return nil }
            let head = UnsafeRawBufferPointer(rebasing: bytes[extent.start..<extent.end])
            let response = try ResponseHead.parse(head, into: &fields)
            if response.isInterim { return (.head, extent.end) }
            status = response.status
            requestID = fields.first { $0.kind == .requestID }
                .map { String(decoding: $0.value(in: head), as: UTF8.self) }
            if isHEAD || response.hasNoBody { return (.ended, extent.end) }
            switch response.framing {
            case .length(let length): return (length == 0 ? .ended : .length(length), extent.end)
            case .chunked: return (.chunked(ChunkedBodyReader()), extent.end)
            case .untilClose: return (.untilClose, extent.end)
            }
        }
        guard let next else {
            self.scanner = scanner
            return false
        }
        self.scanner = HeadScanner()
        self.pending.moveReaderIndex(forwardBy: next.length)
        self.response = next.response
        if status > 0 {
            self.status = status
            self.requestID = requestID
        }
        return true
    }
}
