import FoundationEssentials
import Workspaces
import XMLSecurity

/// A pinned certificate as the page shows it.
struct CertificateCard {
    let removal: String
    let id: String
    let subject: String
    let key: String
    let fingerprint: String
    let validity: String
    let remainder: String
    let isExpired: Bool
    let endsSoon: Bool
    let isGood: Bool
    let isRemoved: Bool

    /// The days before its end from which a certificate is worth a word.
    private static let warningDays = 60

    init(_ pinned: PinnedCertificate, isRemoved: Bool, now: Date) {
        let certificate = try? SigningCertificate(der: pinned.der)
        let days = ReadableDate.days(until: pinned.notAfter, from: now)
        self.removal = SingleSignOnValues.removal(of: pinned)
        self.id = self.removal.replacing(".", with: "-")
        self.subject = certificate?.subject ?? "unreadable"
        self.key = certificate?.keyDescription ?? ""
        self.fingerprint = pinned.sha256Fingerprint
        let begin = certificate.map { ReadableDate.day($0.notBefore) + " to " } ?? "until "
        self.validity = begin + ReadableDate.day(pinned.notAfter)
        self.isExpired = pinned.notAfter <= now
        self.endsSoon = !self.isExpired && days < Self.warningDays
        self.isGood = !self.isExpired && !self.endsSoon
        self.remainder = self.isExpired ? "Expired" : days == 1 ? "1 day left" : "\(days) days left"
        self.isRemoved = isRemoved
    }
}
