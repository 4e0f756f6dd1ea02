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

    /// A file that came along.
    package struct File: Hashable, Sendable {
        /// The name of the field.
        package let name: String
        /// What is in it.
        package let bytes: [UInt8]
    }

    /// All fields, without the files.
    package let fields: [Field]
    private let files: [File]

    /// Takes decoded fields.
    package init(fields: [Field], files: [File] = []) {
        self.fields = fields
        self.files = files
    }

    /// What is in a file that may come once.
    ///
    /// - Returns: `nil` when none was chosen, or it is empty.
    /// - Throws: ``RequestRefusal/formInvalid`` when there are several.
    package func optionalFile(_ name: String) throws(RequestRefusal) -> [UInt8]? {
        let files = self.files.filter { $0.name.utf8.elementsEqual(name.utf8) }
        guard files.count <= 1 else { throw .formInvalid }
        return files.first.flatMap { $0.bytes.isEmpty ? nil : $0.bytes }
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
