/// One message of a connection, as some parser has read it.
struct ReadMessage: Hashable {
    /// `GET /path HTTP/1.1`, or `HTTP/1.1 200`.
    var start: [UInt8]
    /// The header lines as `name:value`, without white space around the value.
    var fields: [[UInt8]] = []
    /// What was read of the body.
    var body: [UInt8] = []
    /// The trailers in the form of ``fields``.
    var trailers: [[UInt8]] = []
    /// Whether the end of the message was read.
    var isComplete = false

    /// A line in the form of ``fields``.
    static func field(name: some Sequence<UInt8>, value: some Sequence<UInt8>) -> [UInt8] {
        func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
        let trimmed = Array(Array(value).trimmingPrefix(while: isSpace).reversed().drop(while: isSpace).reversed())
        return Array(name) + [UInt8(ascii: ":")] + trimmed
    }
}
