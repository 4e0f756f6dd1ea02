package import SAML

/// The attribute with a person's groups (behavior G2).
package enum GroupsAttribute {
    /// Reads the attribute.
    ///
    /// White space of XML around a name is trimmed. What cannot be the name of a group, such as an empty value or one
    /// that holds elements, is no group; to have none is no error.
    ///
    /// - Parameters:
    ///   - values: The values of every attribute of the name, merged; `nil` when there is no such attribute.
    ///   - form: How several groups are written.
    /// - Returns: The names, each once.
    package static func read(_ values: [AttributeValue]?, form: GroupValues) -> Set<GroupName> {
        var names: Set<GroupName> = []
        for case .text(let text) in values ?? [] {
            let parts =
                switch form {
                case .separate: [text[...]]
                case .comma: text.split(separator: ",")
                }
            names.formUnion(parts.compactMap { GroupName(XMLWhitespace.trimming(String($0))) })
        }
        return names
    }
}
