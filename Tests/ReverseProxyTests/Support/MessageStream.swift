@testable import ReverseProxy

/// The messages of a connection, read with the data plane's own parsers as its handlers do.
struct MessageStream {
    /// Which side of a connection the bytes come from.
    enum Kind: Hashable {
        /// A client.
        case requests
        /// An upstream that is asked with GET.
        case answers
        /// An upstream that is asked with HEAD.
        case answersToHEAD
    }

    private enum State {
        case head
        case length(Int)
        case chunked(ChunkedBodyReader)
        case untilClose
        /// Behind the last message of the connection, or refused.
        case ended
    }

    /// What was accepted.
    private(set) var messages: [ReadMessage] = []
    /// The byte behind the last complete message; `nil` unless another may follow there.
    private(set) var nextStart: Int?
    private let kind: Kind
    private var state = State.head
    private var scanner = HeadScanner()
    private var position = 0
    private var isLast = false

    init(kind: Kind) {
        self.kind = kind
    }

    /// Reads as far as the bytes go: all since the connection began.
    mutating func read(_ bytes: UnsafeRawBufferPointer) {
        do {
            while try self.step(UnsafeRawBufferPointer(rebasing: bytes[self.position...])) {}
        } catch {
            self.state = .ended
        }
    }

    /// Takes one step; false when more bytes are needed.
    private mutating func step(_ bytes: UnsafeRawBufferPointer) throws(HeadRejection) -> Bool {
        switch self.state {
        case .head:
            return try self.readHead(bytes)
        case .length(let length):
            let available = min(length, bytes.count)
            self.takeBody(bytes, available)
            self.state = .length(length - available)
            if available == length { self.finish() }
            return available > 0
        case .chunked(var reader):
            var used = 0
            let step = try reader.read(bytes, from: &used)
            self.position += used
            self.state = .chunked(reader)
            switch step {
            case .data(let length)?:
                self.takeBody(UnsafeRawBufferPointer(rebasing: bytes[used...]), length)
            case .end(let trailers)?:
                self.messages[self.messages.count - 1].trailers = Self.fields(trailers)
                self.finish()
            case nil:
                return false
            }
            return true
        case .untilClose:
            self.takeBody(bytes, bytes.count)
            return false
        case .ended:
            return false
        }
    }

    private mutating func readHead(_ bytes: UnsafeRawBufferPointer) throws(HeadRejection) -> Bool {
        guard let extent = try self.scanner.scan(bytes, maximumSize: 32_768, maximumLines: 100) else { return false }
        let head = UnsafeRawBufferPointer(rebasing: bytes[extent.start..<extent.end])
        var lines = FieldLines()
        let framing: BodyFraming
        var start: [UInt8]
        switch self.kind {
        case .requests:
            let request = try RequestHead.parse(head, into: &lines)
            // Refused by its method.
            guard request.method != .connect else { throw .unknownMethod }
            framing = request.framing
            start = Array(head[..<(request.fieldsStart - 2)])
            self.isLast = !request.keepsAlive
        case .answers, .answersToHEAD:
            let answer = try ResponseHead.parse(head, into: &lines)
            // llhttp reads nothing behind an interim answer that says it is the last; the proxy waits for the real one.
            guard answer.keepsAlive || !answer.isInterim else { throw .badStatusLine }
            let isBare = answer.hasNoBody || self.kind == .answersToHEAD
            framing = isBare ? .length(0) : answer.framing
            start = Array(head[..<12])
            // What follows a switch of protocols is no message.
            self.isLast = answer.status == 101 || (!answer.isInterim && !answer.keepsAlive)
        }
        let fields = lines.map { ReadMessage.field(name: $0.name(in: head), value: $0.value(in: head)) }
        self.messages.append(ReadMessage(start: start, fields: fields))
        self.position += extent.end
        self.scanner = HeadScanner()
        self.nextStart = nil
        switch framing {
        case .length(0): self.finish()
        case .length(let length): self.state = .length(length)
        case .chunked: self.state = .chunked(ChunkedBodyReader())
        case .untilClose: self.state = .untilClose
        }
        return true
    }

    private mutating func takeBody(_ bytes: UnsafeRawBufferPointer, _ length: Int) {
        self.messages[self.messages.count - 1].body += bytes[..<length]
        self.position += length
    }

    private mutating func finish() {
        self.messages[self.messages.count - 1].isComplete = true
        self.state = self.isLast ? .ended : .head
        self.nextStart = self.isLast ? nil : self.position
    }

    /// Complete lines in the form of ``ReadMessage/fields``.
    private static func fields(_ lines: [UInt8]) -> [[UInt8]] {
        lines.split(separator: 0x0A)
            .map { line in
                let line = line.dropLast()
                let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
                return ReadMessage.field(name: line[..<colon], value: line[colon...].dropFirst())
            }
    }
}
