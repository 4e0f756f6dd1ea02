/// A message as a test reads it.
struct HTTPText {
    var startLine: String
    var fields: [(name: String, value: String)]
    var body: [UInt8] = []
    var rawBody: [UInt8] = []

    init(head: String) {
        let lines = head.split(separator: "\r\n", omittingEmptySubsequences: true).map(String.init)
        self.startLine = lines.first ?? ""
        self.fields = lines.dropFirst()
            .map { line in
                let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), parts.count > 1 ? String(parts[1].drop { $0 == " " }) : "")
            }
    }

    var status: Int? {
        guard self.startLine.hasPrefix("HTTP/") else { return nil }
        return self.startLine.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }

    var text: String { String(decoding: self.body, as: UTF8.self) }

    subscript(name: String) -> String? {
        self.fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    func all(_ name: String) -> [String] {
        self.fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    static func headEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (0...(bytes.count - 4)).first { Array(bytes[$0..<($0 + 4)]) == [13, 10, 13, 10] }.map { $0 + 4 }
    }

    /// The end of a chunked body, for chunks as the proxy writes them.
    static func chunkedEnd(_ bytes: [UInt8]) -> Int? {
        var position = 0
        while let (size, next) = Self.sizeLine(bytes, position) {
            if size == 0 {
                if bytes.count >= next + 2, bytes[next] == 13 { return next + 2 }
                return Self.headEnd(Array(bytes[next...])).map { next + $0 }
            }
            position = next + size + 2
            if position > bytes.count { return nil }
        }
        return nil
    }

    static func dechunk(_ bytes: [UInt8]) -> [UInt8] {
        var body: [UInt8] = []
        var position = 0
        while let (size, next) = Self.sizeLine(bytes, position), size > 0 {
            body.append(contentsOf: bytes[next..<(next + size)])
            position = next + size + 2
        }
        return body
    }

    private static func sizeLine(_ bytes: [UInt8], _ start: Int) -> (Int, Int)? {
        guard start < bytes.count, let end = bytes[start...].firstIndex(of: 10) else { return nil }
        let digits = String(decoding: bytes[start..<(end - 1)], as: UTF8.self)
        return Int(digits, radix: 16).map { ($0, end + 1) }
    }
}
