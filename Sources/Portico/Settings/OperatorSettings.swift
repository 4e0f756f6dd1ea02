import Storage

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

    /// How long sessions live where a workspace does not say.
    let sessions: SessionSettings

    /// The keys that encrypt stored secrets; nil where they are not given, which most commands do without.
    let secretKeys: SecretKeyring?

    /// What fetches may reach.
    let fetches: FetchSettings

    /// The server that takes mail; nil where there is none.
    let mail: MailSettings?

    /// What is logged.
    let log: LogSettings
}
