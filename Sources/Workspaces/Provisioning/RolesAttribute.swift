package import SAML

/// The `roles` attribute of an assertion, read for one workspace (behavior R1 to R3).
///
/// A value is `company_ROLE`. White space of XML around it is trimmed, it is split at its last underscore, the right part
/// must be a role of the catalogue exactly and the left part of the form of a Company ID, which `a_ADMIN,b` is not; every
/// other value is ignored and counted. A value matches when its left part is the workspace's Company ID byte for byte. What it says about other companies
/// is neither used nor kept (behavior Q4, X1).
package struct RolesAttribute: Hashable, Sendable {
    /// The greatest number of values (behavior R2).
    package static let maximumValues = 1000
    /// The greatest length of a value in characters, white space around it not counted (behavior R2).
    package static let maximumValueLength = 256
    /// How many of the values that are not of the form are named.
    package static let maximumExamples = SignInFindings.Values.maximumCount

    /// What the attribute says.
    package enum Reading: Hashable, Sendable {
        /// The assertion has no attribute of the name.
        case absent
        /// There are too many values, or one is too long.
        case tooLarge
        /// The attribute is there; what it says may still be nothing.
        case present(RolesAttribute)
    }

    /// The roles in this workspace, highest first, each once.
    package let matchedRoles: [Role]
    /// How many values name a role in another company.
    package let otherCompanies: Int
    /// How many values are not of the form `company_ROLE`.
    package let ignoredValues: Int
    /// The first of them, for whoever has to correct them; a value that holds elements is counted and not among them.
    package let ignoredExamples: [String]

    /// The role that counts: the most elevated (behavior Q3); `nil` when nothing matches.
    package var role: Role? { self.matchedRoles.first }

    /// Reads the attribute as a workspace does.
    ///
    /// - Parameters:
    ///   - identity: The person that the assertion names.
    ///   - workspace: The workspace that is being signed in to.
    ///   - catalogue: The roles of the installation.
    /// - Returns: What the attribute says; `nil` where the workspace does not want it read (behavior R1).
    package static func read(
        of identity: AssertedIdentity,
        in workspace: Workspace,
        catalogue: RoleCatalogue
    ) -> Reading? {
        guard workspace.rolesMode != .off else { return nil }
        return Self.read(
            identity.assertion.values(ofAttribute: identity.attributeNames.roles),
            companyID: workspace.companyID,
            catalogue: catalogue
        )
    }

    /// Reads the attribute.
    ///
    /// - Parameters:
    ///   - values: The values of every attribute of the name, merged; `nil` when there is no such attribute, an empty
    ///     array when there is one without values, which is present and matches nothing.
    ///   - companyID: The Company ID of the workspace that is being signed in to.
    ///   - catalogue: The roles of the installation.
    /// - Returns: Whether the attribute is there and, if so, the roles that it names in this workspace.
    package static func read(
        _ values: [AttributeValue]?,
        companyID: CompanyID,
        catalogue: RoleCatalogue
    ) -> Reading {
        guard let values else { return .absent }
        guard values.count <= Self.maximumValues else { return .tooLarge }
        var matched: Set<Role> = []
        var otherCompanies = 0
        var ignored = 0
        var examples: [String] = []
        for value in values {
            // A value with element children says nothing that two readers would agree on (behavior V2).
            guard case .text(let untrimmed) = value else {
                ignored += 1
                continue
            }
            let text = XMLWhitespace.trimming(untrimmed)
            guard text.unicodeScalars.count <= Self.maximumValueLength else { return .tooLarge }
            guard let (company, role) = Self.split(text, catalogue: catalogue) else {
                ignored += 1
                if examples.count < Self.maximumExamples { examples.append(text) }
                continue
            }
            if company == companyID {
                matched.insert(role)
            } else {
                otherCompanies += 1
            }
        }
        return .present(
            RolesAttribute(
                matchedRoles: catalogue.roles.filter(matched.contains),
                otherCompanies: otherCompanies,
                ignoredValues: ignored,
                ignoredExamples: examples
            )
        )
    }

    /// Splits at the last underscore, byte by byte: `Character` would join an underscore to a combining mark after it.
    private static func split(_ text: String, catalogue: RoleCatalogue) -> (CompanyID, Role)? {
        let bytes = text.utf8
        guard let underscore = bytes.lastIndex(of: UInt8(ascii: "_")) else { return nil }
        let name = bytes[bytes.index(after: underscore)...]
        guard let role = catalogue.roles.first(where: { $0.name.utf8.elementsEqual(name) }) else { return nil }
        // A Company ID is ASCII, so equal texts are equal bytes.
        guard let company = CompanyID(String(text[..<underscore])) else { return nil }
        return (company, role)
    }
}
