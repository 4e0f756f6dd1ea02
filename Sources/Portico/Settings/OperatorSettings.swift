/// What the operator's commands need: less than `serve`, read from the same sources.
struct OperatorSettings: Sendable {
    /// The databases.
    let database: DatabaseSettings

    /// The URL that browsers use, where it is set: for the links that commands print and for behavior T4.
    let publicURL: WebURL?

    /// The reserved prefix.
    let prefix: String

    /// What Portico is as a service provider.
    let saml: SAMLSettings

    /// What members may be.
    let members: MemberSettings

    /// What is logged.
    let log: LogSettings
}
