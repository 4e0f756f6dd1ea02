/// The extensions behind the size of a chunk (RFC 9112, 7.1.1), which are passed over, yet only in the form that all
/// servers read alike.
enum ChunkExtensions {
    private enum State {
        /// At a semicolon.
        case start
        /// At the first byte of a name.
        case nameStart
        /// Within a name.
        case name
        /// At the first byte of a value.
        case valueStart
        /// Within a token that is a value.
        case value
        /// Within a quoted string.
        case quoted
        /// Behind a backslash in a quoted string.
        case escaped
        /// Behind a quoted string.
        case quotedEnd
    }

    /// Finds the carriage return behind the extensions.
    ///
    /// - Parameters:
    ///   - bytes: The size line and what follows.
    ///   - start: The byte behind the size.
    ///   - limit: The largest number of bytes before the carriage return.
    /// - Returns: Its place; `nil` when it has not arrived.
    /// - Throws: The first defect.
    static func end(
        in bytes: UnsafeRawBufferPointer,
        from start: Int,
        limit: Int
    ) throws(HeadRejection) -> Int? {
        var state = State.start
        for position in start..<bytes.count {
            if bytes[position] == 0x0D {
                switch state {
                case .start, .name, .value, .quotedEnd: return position
                case .nameStart, .valueStart, .quoted, .escaped: throw .badChunk
                }
            }
            guard position < limit, let next = Self.state(behind: bytes[position], in: state) else { throw .badChunk }
            state = next
        }
        return nil
    }

    private static func state(behind byte: UInt8, in state: State) -> State? {
        switch (state, byte) {
        case (.start, UInt8(ascii: ";")), (.name, UInt8(ascii: ";")), (.value, UInt8(ascii: ";")),
            (.quotedEnd, UInt8(ascii: ";")):
            .nameStart
        case (.nameStart, _) where ByteClass.isToken(byte), (.name, _) where ByteClass.isToken(byte): .name
        case (.name, UInt8(ascii: "=")): .valueStart
        case (.valueStart, UInt8(ascii: "\"")): .quoted
        case (.valueStart, _) where ByteClass.isToken(byte), (.value, _) where ByteClass.isToken(byte): .value
        case (.quoted, UInt8(ascii: "\"")): .quotedEnd
        case (.quoted, UInt8(ascii: "\\")): .escaped
        case (.quoted, _) where ByteClass.isFieldValue(byte), (.escaped, _) where ByteClass.isFieldValue(byte): .quoted
        case _: nil
        }
    }
}
