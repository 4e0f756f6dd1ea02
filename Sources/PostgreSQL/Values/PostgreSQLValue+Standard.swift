package import FoundationEssentials

// The binary forms are those of PostgreSQL's `…_send` and `…_recv` functions (src/backend/utils/adt).

extension Bool: PostgreSQLValue, PostgreSQLArrayElement {
    package static var type: PostgreSQLType { .bool }
    package static var arrayType: PostgreSQLType { .boolArray }

    package func encode(into buffer: inout [UInt8]) {
        buffer.append(self ? 1 : 0)
    }

    package static func decode(_ bytes: ArraySlice<UInt8>, type: PostgreSQLType) -> Bool? {
        guard type == .bool, bytes.count == 1 else {
            return nil
        }
        return bytes.first != 0
    }
}

/// `bigint` as a parameter; any integer type as a column.
extension Int: PostgreSQLValue, PostgreSQLArrayElement {
    package static var type: PostgreSQLType { .int8 }
    package static var arrayType: PostgreSQLType { .int8Array }

    package func encode(into buffer: inout [UInt8]) {
        buffer.appendBigEndian(Int64(self))
    }

    package static func decode(_ bytes: ArraySlice<UInt8>, type: PostgreSQLType) -> Int? {
        var rest = bytes
        let value: Int? =
            switch type {
            case .int8: rest.popBigEndian(Int64.self).map { Int($0) }
            case .int4: rest.popBigEndian(Int32.self).map { Int($0) }
            case .int2: rest.popBigEndian(Int16.self).map { Int($0) }
            default: nil
            }
        return rest.isEmpty ? value : nil
    }
}

extension String: PostgreSQLValue, PostgreSQLArrayElement {
    package static var type: PostgreSQLType { .text }
    package static var arrayType: PostgreSQLType { .textArray }

    package func encode(into buffer: inout [UInt8]) {
        buffer.append(contentsOf: self.utf8)
    }

    package static func decode(_ bytes: ArraySlice<UInt8>, type: PostgreSQLType) -> String? {
        guard type == .text || type == .varchar || type == .name else {
            return nil
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

extension UUID: PostgreSQLValue, PostgreSQLArrayElement {
    package static var type: PostgreSQLType { .uuid }
    package static var arrayType: PostgreSQLType { .uuidArray }

    package func encode(into buffer: inout [UInt8]) {
        let u = self.uuid
        buffer.append(contentsOf: [
            u.0, u.1, u.2, u.3, u.4, u.5, u.6, u.7, u.8, u.9, u.10, u.11, u.12, u.13, u.14, u.15,
        ])
    }

    package static func decode(_ bytes: ArraySlice<UInt8>, type: PostgreSQLType) -> UUID? {
        guard type == .uuid, bytes.count == 16 else {
            return nil
        }
        let b = Array(bytes)
        return UUID(
            uuid: (
                b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]
            )
        )
    }
}

/// `timestamptz`: microseconds since 2000-01-01 00:00 UTC.
extension Date: PostgreSQLValue, PostgreSQLArrayElement {
    package static var type: PostgreSQLType { .timestamptz }
    package static var arrayType: PostgreSQLType { .timestamptzArray }

    /// Seconds between the epochs of Foundation (2001) and PostgreSQL (2000), a leap year apart.
    private static let epochDistance: Double = 366 * 86_400

    package func encode(into buffer: inout [UInt8]) {
        let microseconds = ((self.timeIntervalSinceReferenceDate + Self.epochDistance) * 1e6).rounded()
        // What lies outside the type's range becomes PostgreSQL's own infinities instead of trapping.
        if microseconds >= 9.2e18 {
            buffer.appendBigEndian(Int64.max)
        } else if microseconds <= -2.1e17 {
            buffer.appendBigEndian(Int64.min)
        } else {
            buffer.appendBigEndian(Int64(microseconds))
        }
    }

    package static func decode(_ bytes: ArraySlice<UInt8>, type: PostgreSQLType) -> Date? {
        var rest = bytes
        guard type == .timestamptz, let microseconds = rest.popBigEndian(Int64.self), rest.isEmpty else {
            return nil
        }
        switch microseconds {
        case .max: return .distantFuture
        case .min: return .distantPast
        default: return Date(timeIntervalSinceReferenceDate: Double(microseconds) / 1e6 - Self.epochDistance)
        }
    }
}

/// `bytea`.
extension UInt8: PostgreSQLArrayElement {
    package static var arrayType: PostgreSQLType { .bytea }

    package static func encodeArray(_ array: [UInt8], into buffer: inout [UInt8]) {
        buffer.append(contentsOf: array)
    }

    package static func decodeArray(_ bytes: ArraySlice<UInt8>, type: PostgreSQLType) -> [UInt8]? {
        type == .bytea ? Array(bytes) : nil
    }
}

/// `bytea[]`.
extension Array: PostgreSQLArrayElement where Element == UInt8 {
    package static var arrayType: PostgreSQLType { .byteaArray }
}
