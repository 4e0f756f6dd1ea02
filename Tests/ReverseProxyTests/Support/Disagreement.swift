/// What the data plane's parsers accept of a connection's bytes, and another parser does not or reads in another way.
///
/// The other direction does not matter: the data plane may be stricter.
enum Disagreement {
    /// Looks for one.
    ///
    /// - Parameters:
    ///   - bytes: All bytes of the connection.
    ///   - kind: Which side they come from.
    ///   - other: The other parser: what it reads before it refuses.
    /// - Returns: A sentence that tells the first one.
    static func find(in bytes: [UInt8], kind: MessageStream.Kind, other: ([UInt8]) -> [ReadMessage]) -> String? {
        var stream = MessageStream(kind: kind)
        var slow = MessageStream(kind: kind)
        bytes.withUnsafeBytes { bytes in
            stream.read(bytes)
            for count in 0...bytes.count { slow.read(UnsafeRawBufferPointer(rebasing: bytes[..<count])) }
        }
        guard slow.messages == stream.messages, slow.nextStart == stream.nextStart else {
            return "it is read differently byte by byte"
        }
        if let difference = Self.difference(stream.messages, other(bytes)) { return difference }

        // Where the next message begins is where the other one finds it.
        guard let nextStart = stream.nextStart else { return nil }
        let next = Self.next(kind)
        var messages = stream.messages.filter(\.isComplete)
        let start = next.prefix { $0 != 0x0D }
        messages.append(ReadMessage(start: Array(kind == .requests ? start : start.prefix(12))))
        let read = other(bytes[..<nextStart] + next)
        guard read.count == messages.count, read.last?.start == messages.last?.start else {
            return "another message does not begin where it begins here"
        }
        return nil
    }

    private static func next(_ kind: MessageStream.Kind) -> [UInt8] {
        switch kind {
        case .requests: Array("GET /next HTTP/1.1\r\nHost: next\r\n\r\n".utf8)
        case .answers, .answersToHEAD: Array("HTTP/1.1 299 Next\r\nContent-Length: 0\r\n\r\n".utf8)
        }
    }

    private static func difference(_ mine: [ReadMessage], _ theirs: [ReadMessage]) -> String? {
        guard theirs.count >= mine.count else { return "message \(theirs.count) is accepted here only" }
        for (index, (mine, theirs)) in zip(mine, theirs).enumerated() {
            guard mine.start == theirs.start else { return "message \(index) begins with another line" }
            guard mine.fields == theirs.fields else { return "message \(index) has other header lines" }
            guard theirs.body.starts(with: mine.body) else { return "message \(index) has another body" }
            guard mine.isComplete else { continue }
            guard theirs.isComplete else { return "message \(index) ends here only" }
            guard mine.body == theirs.body else { return "message \(index) has a longer body" }
            // Some trailers are not passed on.
            guard mine.trailers.allSatisfy(theirs.trailers.contains) else {
                return "message \(index) has other trailers"
            }
        }
        return nil
    }
}
