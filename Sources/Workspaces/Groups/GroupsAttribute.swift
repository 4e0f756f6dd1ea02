package import SAML

/// The attribute with a person's groups (behavior G2).
package enum GroupsAttribute {
    /// The greatest number of groups: twice as many as a Windows account can be in.
    package static let maximumNames = 2_000

    /// Reads the attribute.
    ///
    /// White space of XML around a name is trimmed. What cannot be the name of a group, such as an empty value or one
    /// that holds elements, is no group; to have none is no error. Commas part names only in an attribute with one value:
    /// whoever sends several values does not join them, and a comma in one is part of a name that somebody chose.
    ///
    /// - Parameters:
    ///   - values: The values of every attribute of the name, merged; `nil` when there is no such attribute.
    ///   - form: How several groups are written.
    /// - Returns: The names, each once; `nil` when there are more than ``maximumNames``, of which no part is taken for the
    ///   whole.
    package static func read(_ values: [AttributeValue]?, form: GroupValues) -> Set<GroupName>? {
        let values = values ?? []
        let isJoined = form == .comma && values.count == 1
        var names: Set<GroupName> = []
        for case .text(let text) in values {
            for part in isJoined ? text.split(separator: ",") : [text[...]] {
                guard let name = GroupName(XMLWhitespace.trimming(String(part))) else { continue }
                names.insert(name)
                guard names.count <= Self.maximumNames else { return nil }
            }
        }
        return names
    }
}
