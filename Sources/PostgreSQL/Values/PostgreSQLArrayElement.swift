/// A Swift type whose arrays have a form in PostgreSQL: `bytea` for bytes, a one-dimensional array for the others.
package protocol PostgreSQLArrayElement: Sendable {
    /// The type of the whole array.
    static var arrayType: PostgreSQLType { get }

    /// Appends the binary form of the whole array.
    static func encodeArray(_ array: [Self], into buffer: inout [UInt8])

    /// Reads the whole array from its binary form, or returns `nil`.
    static func decodeArray(_ bytes: ArraySlice<UInt8>, type: PostgreSQLType) -> [Self]?
}

extension Array: PostgreSQLValue where Element: PostgreSQLArrayElement {
    package static var type: PostgreSQLType {
        Element.arrayType
    }

    package func encode(into buffer: inout [UInt8]) {
        Element.encodeArray(self, into: &buffer)
    }

    package static func decode(_ bytes: ArraySlice<UInt8>, type: PostgreSQLType) -> Self? {
        Element.decodeArray(bytes, type: type)
    }
}

// `array_send` in PostgreSQL's source: dimensions, a flag for NULLs, the element type, then for each dimension its
// length and lower bound, then for each element its length and its bytes. An empty array has no dimensions.
extension PostgreSQLArrayElement where Self: PostgreSQLValue {
    package static func encodeArray(_ array: [Self], into buffer: inout [UInt8]) {
        buffer.appendBigEndian(Int32(array.isEmpty ? 0 : 1))
        buffer.appendBigEndian(Int32(0))
        buffer.appendBigEndian(Self.type.rawValue)
        guard !array.isEmpty else {
            return
        }
        buffer.appendBigEndian(Int32(clamping: array.count))
        buffer.appendBigEndian(Int32(1))
        for element in array {
            let lengthIndex = buffer.count
            buffer.appendBigEndian(Int32(0))
            element.encode(into: &buffer)
            let length = UInt32(clamping: buffer.count - lengthIndex - 4)
            for (offset, shift) in [24, 16, 8, 0].enumerated() {
                buffer[lengthIndex + offset] = UInt8(truncatingIfNeeded: length >> UInt32(shift))
            }
        }
    }

    package static func decodeArray(_ bytes: ArraySlice<UInt8>, type: PostgreSQLType) -> [Self]? {
        guard type == Self.arrayType else {
            return nil
        }
        var rest = bytes
        guard
            let dimensions = rest.popBigEndian(Int32.self),
            rest.popBigEndian(Int32.self) != nil,
            let elementType = rest.popBigEndian(UInt32.self)
        else {
            return nil
        }
        if dimensions == 0 {
            return rest.isEmpty ? [] : nil
        }
        guard
            dimensions == 1,
            let count = rest.popBigEndian(Int32.self), count >= 0, Int(count) <= rest.count,
            rest.popBigEndian(Int32.self) != nil
        else {
            return nil
        }
        var elements: [Self] = []
        elements.reserveCapacity(Int(count))
        for _ in 0..<count {
            // A length of -1 is a NULL element, which no column of ours holds.
            guard
                let length = rest.popBigEndian(Int32.self), length >= 0, Int(length) <= rest.count,
                let element = Self.decode(
                    rest.prefix(Int(length)),
                    type: PostgreSQLType(rawValue: elementType)
                )
            else {
                return nil
            }
            elements.append(element)
            rest = rest.dropFirst(Int(length))
        }
        return rest.isEmpty ? elements : nil
    }
}
