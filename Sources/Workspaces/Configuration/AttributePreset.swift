/// Attribute names as the documents of well-known identity providers and products give them (rulings 19).
package enum AttributePreset: String, Hashable, Sendable, CaseIterable {
    /// Datasaur's own names, which its guide for Okta uses too.
    case datasaur
    /// Label Studio Enterprise's own names.
    case labelStudio = "label-studio"
    /// Okta's usual names.
    case okta
    /// Microsoft Entra ID with short names.
    case entra
    /// Microsoft Entra ID with the claim URIs that it sends unless told otherwise.
    case entraURI = "entra-uri"
    /// Google Workspace.
    case google
    /// PingOne.
    case pingone
    /// Auth0.
    case auth0

    /// The names; `roles` is everywhere Portico's own, because no product has a name for it.
    package var names: AttributeNames {
        switch self {
        case .datasaur:
            AttributeNames()
        case .labelStudio, .google:
            AttributeNames(email: "Email", firstName: "FirstName", lastName: "LastName", groups: "Groups")
        case .okta:
            AttributeNames(email: "email", firstName: "firstName", lastName: "lastName", groups: "groups")
        case .entra:
            AttributeNames(email: "emailAddress", firstName: "givenName", lastName: "surname", groups: "groups")
        case .entraURI:
            AttributeNames(
                email: Self.claims + "emailaddress",
                displayName: Self.microsoftClaims + "displayname",
                firstName: Self.claims + "givenname",
                lastName: Self.claims + "surname",
                groups: "http://schemas.microsoft.com/ws/2008/06/identity/claims/groups"
            )
        case .pingone:
            AttributeNames(
                email: "emailAddress",
                firstName: "givenName",
                lastName: "surname",
                groups: "Groups",
                groupValues: .comma
            )
        case .auth0:
            AttributeNames(email: "email", firstName: "given_name", lastName: "family_name", groups: "groups")
        }
    }

    /// The preset that has exactly these names; the first where several have.
    ///
    /// - Returns: `nil` for names that somebody chose.
    package static func preset(of names: AttributeNames) -> AttributePreset? {
        Self.allCases.first { $0.names == names }
    }

    private static let claims = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
    private static let microsoftClaims = "http://schemas.microsoft.com/identity/claims/"
}
