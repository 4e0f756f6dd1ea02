import FoundationEssentials
import PostgreSQL
import SAML
import Workspaces

extension Row {
    /// Reads a text column through a failable initializer of the domain.
    func value<Value>(_ column: String, _ make: (String) -> Value?) throws -> Value {
        guard let value = make(try self.value(column)) else {
            throw StoredValueError(column: column)
        }
        return value
    }

    /// Reads a nullable text column through a failable initializer of the domain.
    func optional<Value>(_ column: String, _ make: (String) -> Value?) throws -> Value? {
        guard let text: String = try self.optional(column) else {
            return nil
        }
        guard let value = make(text) else {
            throw StoredValueError(column: column)
        }
        return value
    }

    /// Reads a nullable column of whole seconds.
    func optionalSeconds(_ column: String) throws -> Duration? {
        try self.optional(column, as: Int.self).map { .seconds($0) }
    }
}

extension Duration {
    /// The duration in whole seconds, rounded up, so that a limit never becomes shorter on its way through a column.
    var wholeSeconds: Int {
        Int(self.components.seconds) + (self.components.attoseconds > 0 ? 1 : 0)
    }
}

extension String {
    /// The text without U+0000, which PostgreSQL stores in no column: for text that anybody may have written.
    var storable: String {
        self.replacing("\0", with: "\u{FFFD}")
    }
}
