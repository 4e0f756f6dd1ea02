/// A statement: literal text with values bound beside it, never inside it.
///
/// Write it as a string literal. An interpolated value becomes a parameter (`$1`, `$2`, …) and travels to the server
/// in binary, so no value can change what the statement means:
///
///     let statement: SQL = "SELECT name FROM spaces WHERE workspace_id = \(workspaceID) AND id = \(id)"
package struct SQL: Sendable {
    /// The text with `$n` where values are bound.
    ///
    /// It is also the key under which the statement stays prepared.
    package private(set) var text: String
    /// The values, in the order of their parameters.
    private(set) var bindings: [Binding]

    /// Wraps text that holds no values.
    ///
    /// - Warning: The text is run as it is. Only files of our own, such as migrations, belong here.
    package init(unsafeSQL text: String) {
        self.text = text
        self.bindings = []
    }

    fileprivate init(text: String, bindings: [Binding]) {
        self.text = text
        self.bindings = bindings
    }
}

extension SQL {
    /// One value ready to be sent: its type and its binary form, `nil` for NULL.
    struct Binding: Sendable {
        let type: PostgreSQLType
        let bytes: [UInt8]?
    }
}

extension SQL: ExpressibleByStringInterpolation {
    package init(stringLiteral value: StaticString) {
        self.init(text: "\(value)", bindings: [])
    }

    package init(stringInterpolation: Interpolation) {
        self.init(text: stringInterpolation.text, bindings: stringInterpolation.bindings)
    }

    /// Collects literal text and bound values of one ``SQL`` literal.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var text = ""
        fileprivate var bindings: [Binding] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            self.text.reserveCapacity(literalCapacity + interpolationCount * 3)
            self.bindings.reserveCapacity(interpolationCount)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            self.text += "\(literal)"
        }

        /// Binds a value.
        package mutating func appendInterpolation<Value: PostgreSQLValue>(_ value: Value) {
            var bytes: [UInt8] = []
            value.encode(into: &bytes)
            self.bind(Binding(type: Value.type, bytes: bytes))
        }

        /// Binds a value, or NULL of the value's type.
        package mutating func appendInterpolation<Value: PostgreSQLValue>(_ value: Value?) {
            guard let value else {
                self.bind(Binding(type: Value.type, bytes: nil))
                return
            }
            self.appendInterpolation(value)
        }

        /// Adds the name of a table, column, role or channel, quoted as an identifier.
        package mutating func appendInterpolation(identifier: String) {
            let escaped = identifier.replacing("\"", with: "\"\"").replacing("\0", with: "")
            self.text += "\"\(escaped)\""
        }

        /// Adds another statement's text and values, its parameters renumbered.
        package mutating func appendInterpolation(fragment: SQL) {
            // Most are lists of columns, whose text stays as it is.
            guard !fragment.bindings.isEmpty else {
                self.text += fragment.text
                return
            }
            // A fragment's own `$n` begin at 1; they move behind the values that are bound already. Literals of ours
            // hold no dollar sign of another meaning, so every `$` before a digit is a parameter.
            let offset = self.bindings.count
            var rest = fragment.text[...]
            while let dollar = rest.firstIndex(of: "$") {
                self.text += rest[..<dollar]
                rest = rest[rest.index(after: dollar)...]
                let digits = rest.prefix { $0.isASCII && $0.isNumber }
                rest = rest[digits.endIndex...]
                if let number = Int(digits) {
                    self.text += "$\(number + offset)"
                } else {
                    self.text += "$"
                }
            }
            self.text += rest
            self.bindings += fragment.bindings
        }

        private mutating func bind(_ binding: Binding) {
            self.bindings.append(binding)
            self.text += "$\(self.bindings.count)"
        }
    }
}
