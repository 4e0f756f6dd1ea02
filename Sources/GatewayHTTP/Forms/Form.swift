/// The fields of a form in their order; a name is its bytes.
package struct Form: Hashable, Sendable {
    /// One name with its value.
    package struct Field: Hashable, Sendable {
        /// The name.
        package let name: String
        /// The value, possibly empty.
        package let value: String

        /// Makes a field.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        fileprivate func isNamed(_ name: String) -> Bool {
            self.name.utf8.elementsEqual(name.utf8)
        }
    }

    private let fields: [Field]

    /// Takes decoded fields.
    package init(fields: [Field]) {
        self.fields = fields
    }

    /// Whether any field has the name.
    package func contains(_ name: String) -> Bool {
        self.fields.contains { $0.isNamed(name) }
    }

    /// The value of a field that may be there once.
    ///
    /// - Returns: `nil` when there is no such field.
    /// - Throws: ``RequestRefusal/formInvalid`` when there are several.
    package func optionalValue(_ name: String) throws(RequestRefusal) -> String? {
        let values = self.fields.filter { $0.isNamed(name) }
        guard values.count <= 1 else { throw .formInvalid }
        return values.first?.value
    }

    /// The values of a field that may come any number of times, in their order.
    package func values(_ name: String) -> [String] {
        self.fields.filter { $0.isNamed(name) }.map(\.value)
    }

    /// The value of a field that must be there once.
    ///
    /// - Throws: ``RequestRefusal/formInvalid`` when there is none, or several.
    package func value(_ name: String) throws(RequestRefusal) -> String {
        guard let value = try self.optionalValue(name) else { throw .formInvalid }
        return value
    }
}
