import GatewayHTTP
import Storage
import Workspaces

/// What the overview says when somebody came in without the identity provider.
struct PassphraseNotice {
    let words: String
    let logPath: String

    init(_ summary: LocalSignInSummary, site: PublicSite) {
        let others = summary.count - 1
        let last =
            "\(PrintableText.escaped(summary.lastEmail)) signed in with a passphrase, without the identity provider, on"
        let rest = others == 0 ? "." : ", and \(others) more in the last seven days."
        self.words =
            "\(last) \(ReadableDate.time(summary.lastAt)) from \(PrintableText.escaped(summary.lastAddress))\(rest)"
        self.logPath = ConsolePath.auditLog.path(at: site) + "?action=" + AuditAction.localSignIn.rawValue
    }
}
