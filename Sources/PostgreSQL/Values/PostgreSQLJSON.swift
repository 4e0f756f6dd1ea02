import FoundationEssentials

/// A `jsonb` value as the text that stands for it.
package struct PostgreSQLJSON: PostgreSQLValue, PostgreSQLArrayElement, Hashable {
    /// The JSON text in UTF-8.
    package let bytes: [UInt8]

    /// Wraps JSON text; PostgreSQL refuses text that is not JSON.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Encodes a value, its keys sorted so that equal values have equal texts.
    ///
    /// - Throws: What `JSONEncoder` throws.
    package init(encoding value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self.bytes = Array(try encoder.encode(value))
    }

    /// Decodes the value.
    ///
    /// - Throws: What `JSONDecoder` throws.
    package func decode<Value: Decodable>(as type: Value.Type) throws -> Value {
        try JSONDecoder().decode(type, from: Data(self.bytes))
    }

    package static var type: PostgreSQLType { .jsonb }
    package static var arrayType: PostgreSQLType { .jsonbArray }

    /// The version of the binary form of `jsonb`, which precedes the text.
    private static let formatVersion: UInt8 = 1

    package func encode(into buffer: inout [UInt8]) {
        buffer.append(Self.formatVersion)
        buffer.append(contentsOf: self.bytes)
    }

    package static func decode(_ bytes: ArraySlice<UInt8>, type: PostgreSQLType) -> PostgreSQLJSON? {
        switch type {
        case .json:
            return PostgreSQLJSON(bytes: Array(bytes))
        case .jsonb where bytes.first == Self.formatVersion:
            return PostgreSQLJSON(bytes: Array(bytes.dropFirst()))
        default:
            return nil
        }
    }
}
