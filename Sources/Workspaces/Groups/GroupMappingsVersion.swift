/// Which state of the mappings somebody looked at, so that two who change them at once do not undo each other's work
/// unseen.
package struct GroupMappingsVersion: Hashable, Sendable, CustomStringConvertible {
    /// The digest in hexadecimal digits.
    package let description: String

    /// The version of the mappings as they are.
    package init(of mappings: GroupMappings) {
        let differences = GroupMappings().differences(to: mappings)
        self.description = SettingsDigest.text(of: differences.map { ($0.field, $0.new ?? "") })
    }

    /// Whether a form that carries this text was made of this version.
    package func isNamed(by text: String) -> Bool {
        self.description.utf8.elementsEqual(text.utf8)
    }
}
