import Foundation
import Storage

/// What `serve` needs: the configuration read, checked, and found without contradictions.
struct Settings: Sendable {
    /// Where the gateway listens and how browsers reach it.
    let listener: ListenerSettings

    /// The databases.
    let database: DatabaseSettings

    /// The applications behind the gateway.
    let routing: RouteSettings

    /// How long sessions live.
    let sessions: SessionSettings

    /// What Portico is as a service provider.
    let saml: SAMLSettings

    /// What members may be and who manages them.
    let members: MemberSettings

    /// The keys that encrypt stored secrets, the first for new ones.
    let secretKeys: SecretKeyring

    /// How long audit events are kept.
    let auditRetention: Duration

    /// How Portico reaches out by itself.
    let fetches: FetchSettings

    /// The server that takes mail; nil where there is none.
    let mail: MailSettings?

    /// What is logged.
    let log: LogSettings

    /// What was read, to compare a later reading with.
    let fingerprint: SettingsFingerprint
}
