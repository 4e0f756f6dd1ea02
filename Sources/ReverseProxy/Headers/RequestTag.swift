import Workspaces

/// The request id: made here, or taken from a trusted proxy.
enum RequestTag {
    /// Sixteen characters of Crockford's base 32, as `Workspaces.RequestID` makes them.
    case made(SIMD16<UInt8>)
    /// What a trusted proxy gave.
    case given(RequestID)

    /// Makes an id from 80 of 128 random bits, without touching the heap.
    static func make(_ random: (UInt64, UInt64)) -> RequestTag {
        var characters = SIMD16<UInt8>()
        var (first, second) = random
        for index in 0..<8 {
            characters[index] = Self.character(UInt8(truncatingIfNeeded: first) & 31)
            characters[index + 8] = Self.character(UInt8(truncatingIfNeeded: second) & 31)
            first >>= 8
            second >>= 8
        }
        return .made(characters)
    }

    /// The id as text.
    var text: String {
        switch self {
        case .made(let characters): String(decoding: (0..<16).map { characters[$0] }, as: UTF8.self)
        case .given(let id): id.value
        }
    }

    /// Writes the id into a head.
    @inline(__always)
    func write(to cursor: inout HeadCursor) {
        switch self {
        case .made(let characters): withUnsafeBytes(of: characters) { cursor.append($0) }
        case .given(let id): cursor.append(Array(id.value.utf8))
        }
    }

    @inline(__always)
    private static func character(_ value: UInt8) -> UInt8 {
        let alphabet: StaticString = "0123456789abcdefghjkmnpqrstvwxyz"
        return alphabet.utf8Start[Int(value)]
    }
}
