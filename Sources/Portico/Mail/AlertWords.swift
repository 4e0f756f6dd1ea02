import Console
import Foundation
import Workspaces

/// What is said about an event, in words for administrators.
///
/// Of text that others choose it repeats nothing but addresses, domains and fingerprints: no URL that somebody has saved, and
/// no words of a server. A mail program may make a link of a domain all the same.
struct AlertWords {
    /// What happened, in a few words.
    let heading: String
    /// What happened.
    let happened: String
    /// What to do next.
    let advice: String

    /// Puts an event into words.
    init(_ kind: AlertKind, _ event: AuditEvent) {
        let detail = event.detail.mapValues(PrintableText.escaped)
        let person = event.email.map(PrintableText.escaped) ?? "Somebody"
        switch kind {
        case .seatLimit:
            let taken = detail["seats"].map { "All \($0) seats of the workspace" } ?? "All seats of the workspace"
            self.heading = "Somebody could not sign in, because every seat is taken"
            self.happened = "\(taken) are taken, so that \(person) was refused. There may be more people."
            self.advice = """
                Deactivate or remove who does not need a seat any more, or ask whoever runs Portico for more seats. \
                Then the person signs in again.
                """
        case .domainLapsed:
            let domain = detail["domain"] ?? ""
            self.heading = "The claim of \(domain) has lapsed"
            self.happened = """
                The DNS record that shows that \(domain) is yours has been away for seven days. Nobody new gets in with an \
                address of it; members go on.
                """
            self.advice = "Publish the record again, as the page shows it, and look for it there."
        case .domainClaimedElsewhere:
            let domain = detail["domain"] ?? ""
            self.heading = "Another workspace has claimed \(domain), too"
            self.happened = """
                Another workspace of this installation uses \(domain) from now on. Your own claim stays as it is.
                """
            self.advice = """
                If your company has another workspace, there is nothing to do. Otherwise ask whoever manages the DNS of \
                \(domain) who asked for one more record, or whoever runs Portico who claimed it.
                """
        case .noAdministrator:
            self.heading = "Nobody administers the workspace any more"
            self.happened = """
                By the word of your identity provider, \(person) is no administrator any more, and was the last active one.
                """
            self.advice = """
                Give somebody the administrators' role at your identity provider and have them sign in, or ask whoever runs \
                Portico to invite one.
                """
        case .certificateExpiring:
            let ended = detail["days"] == "0"
            let end = detail["not_after"]
                .map { text in
                    (try? Date(text, strategy: .iso8601)).map(ReadableDate.time) ?? text
                }
            self.heading = "A certificate of your identity provider \(ended ? "has ended" : "ends soon")"
            self.happened = """
                The certificate with the fingerprint \(detail["sha256_fingerprint"] ?? "") \(ended ? "ended" : "ends") on \
                \(end ?? "a day that is not known"). People still sign in, but your identity provider may change to another \
                one at any moment, and then nobody does.
                """
            self.advice = """
                Ask whoever manages the identity provider for the next certificate, and save it beside the one of now.
                """
        case .passphraseSignIn:
            let address = detail["client_address"].map { " from \($0)" } ?? ""
            self.heading = "Somebody signed in with a passphrase"
            self.happened = """
                Somebody signed in as \(person) with a passphrase\(address), without your identity provider. There may be \
                more sign-ins of that person.
                """
            self.advice = """
                If that was you, or the person says that it was them, there is nothing to do. Otherwise end the session, and \
                ask whoever runs Portico for a new passphrase link, which takes the place of the passphrase.
                """
        case .trustChanged:
            let changes = Self.changes(detail)
            self.heading = "Single sign-on rests on another \(changes)"
            self.happened = """
                While single sign-on is on, who somebody is rests on another \(changes) than before.\(Self.pinned(detail))
                """
            self.advice = "If none of you meant that, go back to an earlier version."
        case .metadataChangeProposed:
            let what = detail["sha256_fingerprint"]
                .map { fingerprint in
                    detail["change"] == "remove"
                        ? "does not list the certificate with the fingerprint \(fingerprint) any more"
                        : "lists a certificate that does not count yet, with the fingerprint \(fingerprint)"
                }
            self.heading = "The metadata of your identity provider has changed"
            self.happened = """
                It \(what ?? "names another sign-in URL"). There may be more: the page shows all that is proposed. Nothing \
                has changed for sign-ins yet.
                """
            self.advice = "Ask whoever manages the identity provider whether that is right, and decide on the page."
        case .metadataRefreshFailed:
            self.heading = "The metadata of your identity provider cannot be fetched"
            self.happened = """
                It could not be fetched, or not be used, several times in a row. Everything stays as it is, but a new \
                certificate of your identity provider would go unnoticed.
                """
            self.advice = "The page says why. Correct the address, or ask whoever manages the identity provider."
        }
    }

    /// Which of the settings that sign-in rests on changed: "certificate and issuer".
    private static func changes(_ detail: [String: String]) -> String {
        let names = [
            ("certificates", "certificate"), ("issuer", "issuer"), ("sign_in_url", "sign-in URL"),
            ("attributes", "attribute"),
        ]
        .filter { detail[$0.0] != nil }.map(\.1)
        guard let last = names.last else { return "source of metadata" }
        let others = names.dropLast().joined(separator: ", ")
        return others.isEmpty ? last : "\(others) and \(last)"
    }

    /// The fingerprints that count now, if they are others.
    private static func pinned(_ detail: [String: String]) -> String {
        guard detail["certificates"] != nil else { return "" }
        let parts = detail.keys.filter { $0 == "certificates" || $0.hasPrefix("certificates_") }.sorted()
        let fingerprints = parts.compactMap { detail[$0] }.joined(separator: ",").replacing(",", with: ", ")
        return " The fingerprints of the certificates that count now: \(fingerprints)."
    }
}
