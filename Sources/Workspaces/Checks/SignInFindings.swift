package import SAML

/// What an administrator has to know of a sign-in beside its checks: the role that came of it, what was named and gave
/// nothing, and the identity provider's own words.
///
/// Of a person's attributes it has the values of roles and groups alone, of which no more than
/// ``Values/maximumCount`` each, cut to ``SignInCheck/maximumKeptLength``.
package struct SignInFindings: Hashable, Sendable {
    /// Values that were named and gave nothing.
    package struct Values: Hashable, Sendable {
        /// How many are listed at most.
        package static let maximumCount = 20

        /// The first of them.
        package let listed: [String]
        /// How many more there were.
        package let others: Int

        /// Puts values together.
        package init(listed: [String] = [], others: Int = 0) {
            self.listed = listed
            self.others = others
        }

        /// Takes what of values may be kept.
        ///
        /// - Parameters:
        ///   - values: The values, or the first of them.
        ///   - count: How many there are in all.
        init(_ values: [String], of count: Int) {
            self.listed = values.prefix(Self.maximumCount).map { SignInCheck.bounded($0) }
            self.others = count - self.listed.count
        }

        /// Whether there is nothing to tell.
        package var isEmpty: Bool { self.listed.isEmpty && self.others == 0 }
    }

    /// The greatest length of the identity provider's words that is kept, in bytes of UTF-8.
    package static let maximumMessageLength = 1_024

    /// The role that the person has; of a refused sign-in, the one that the response named.
    package var role: String?
    /// What gave it.
    package var roleSource: RoleSource?
    /// The values of the `roles` attribute that are not of the form `company_ROLE`.
    package var unmatchedRoles: Values
    /// How many of its values name a role in another company; they are counted and not kept (behavior R3).
    package var otherCompanies: Int
    /// The groups that are mapped to nothing.
    package var unmappedGroups: Values
    /// The codes of a status that is no success, the topmost first.
    package var statusCodes: [String]
    /// What the identity provider wrote beside them: text by anybody, which may name the person.
    package var statusMessage: String?

    /// Puts findings together, by default none.
    package init(
        role: String? = nil,
        roleSource: RoleSource? = nil,
        unmatchedRoles: Values = Values(),
        otherCompanies: Int = 0,
        unmappedGroups: Values = Values(),
        statusCodes: [String] = [],
        statusMessage: String? = nil
    ) {
        self.role = role
        self.roleSource = roleSource
        self.unmatchedRoles = unmatchedRoles
        self.otherCompanies = otherCompanies
        self.unmappedGroups = unmappedGroups
        self.statusCodes = statusCodes
        self.statusMessage = statusMessage
    }

    /// What a Response said that reports a failure.
    package init(_ status: Status) {
        self.init(
            statusCodes: [status.code, status.subordinateCode].compactMap(\.self).map { SignInCheck.bounded($0) },
            statusMessage: status.message.flatMap { message in
                message.isEmpty ? nil : SignInCheck.bounded(message, to: Self.maximumMessageLength)
            }
        )
    }
}
