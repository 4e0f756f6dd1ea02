import FoundationEssentials
import GatewayHTTP
import Workspaces
import XMLSecurity

/// What there is to know of metadata that is fetched again and again: what it would change, and that it cannot be fetched.
struct MetadataNews {
    /// A certificate of which metadata and settings differ.
    struct Proposal {
        let fingerprint: String
        /// What is proposed, as the form names it.
        let kind: String
        /// What is proposed, in words.
        let title: String
        let effect: String
        let subject: String
        let key: String
        let validity: String
        let since: String
        let isAddition: Bool
        let isExpired: Bool
        /// When somebody said no; not `rejected`, which is a list beside it.
        let rejectedAt: String?
    }

    /// Another sign-in URL than the settings have.
    struct OfferedURL {
        let old: String
        let new: String
    }

    /// That it could not be read.
    struct Failure {
        let words: String
        let problem: String?
        let next: String?
    }

    let url: String
    let pagePath: String
    let reviewPath: String
    let waiting: [Proposal]
    let rejected: [Proposal]
    let hasRejected: Bool
    /// What waits for somebody's word, in a sentence; nil where nothing does.
    let summary: String?
    let offered: OfferedURL?
    let failure: Failure?
    /// Whether there is anything that somebody should do.
    let isUrgent: Bool

    /// Puts the news together; `nil` where there is nothing to tell.
    ///
    /// - Parameters:
    ///   - state: How the refreshes went.
    ///   - provider: The settings that are in force.
    ///   - visitor: Who looks: which hosts and addresses there are around the gateway is not for everybody.
    ///   - site: The installation.
    ///   - now: The present.
    init?(
        _ state: MetadataRefreshState,
        of provider: IdentityProviderConfiguration?,
        visitor: SettingsVisitor,
        site: PublicSite,
        now: Date
    ) {
        guard let provider, let source = provider.metadataSource else { return nil }
        self.url = source.url
        self.pagePath = ConsolePath.singleSignOn.path(at: site) + "#metadata-news"
        self.reviewPath = ConsolePath.singleSignOn.path(at: site) + "/metadata/review"
        let proposals = state.proposals.map { ($0, Self.proposal($0, now: now)) }
        self.waiting = proposals.filter { $0.0.isWaiting }.map(\.1)
        self.rejected = proposals.filter { !$0.0.isWaiting }.map(\.1)
        self.hasRejected = !self.rejected.isEmpty
        self.summary = Self.summary(state.proposals.filter(\.isWaiting))
        self.offered = state.offeredSignInURL.map { url in
            OfferedURL(old: provider.signInURL, new: PrintableText.escaped(url))
        }
        self.failure = Self.failure(state, seesProblem: visitor.seesPeople, now: now)
        self.isUrgent = self.summary != nil || self.offered != nil || self.failure != nil
        guard self.isUrgent || self.hasRejected else { return nil }
    }

    private static func proposal(_ proposal: MetadataProposal, now: Date) -> Proposal {
        let certificate = try? SigningCertificate(der: proposal.certificate.der)
        let begin = certificate.map { ReadableDate.day($0.notBefore) + " to " } ?? "until "
        return Proposal(
            fingerprint: proposal.certificate.sha256Fingerprint,
            kind: proposal.kind.rawValue,
            title: proposal.kind == .add ? "New in the metadata" : "No longer in the metadata",
            effect: proposal.kind == .add
                ? "It signs nobody in before you approve it. Then responses under it are believed, beside those under the"
                    + " certificates that are pinned."
                : "It still counts. Approve, and it is believed no more; sessions that were opened under it end.",
            subject: PrintableText.escaped(certificate?.subject ?? "unreadable"),
            key: certificate?.keyDescription ?? "",
            validity: begin + ReadableDate.day(proposal.certificate.notAfter),
            since: ReadableDate.time(proposal.proposedAt),
            isAddition: proposal.kind == .add,
            isExpired: proposal.certificate.notAfter <= now,
            rejectedAt: proposal.rejectedAt.map { ReadableDate.time($0) }
        )
    }

    private static func summary(_ waiting: [MetadataProposal]) -> String? {
        let added = waiting.count { $0.kind == .add }
        let removed = waiting.count - added
        var parts: [String] = []
        if added > 0 { parts.append(added == 1 ? "lists a new certificate" : "lists \(added) new certificates") }
        if removed > 0 {
            parts.append(removed == 1 ? "no longer lists one that counts" : "no longer lists \(removed) that count")
        }
        return parts.isEmpty ? nil : "The metadata " + parts.joined(separator: " and ") + "."
    }

    private static func failure(_ state: MetadataRefreshState, seesProblem: Bool, now: Date) -> Failure? {
        guard state.failures > 0 else { return nil }
        let times = state.failures == 1 ? "once" : "\(state.failures) times in a row"
        var words = "Its metadata could not be read, \(times)"
        words += state.attemptedAt.map { ", the last time on \(ReadableDate.time($0))." } ?? "."
        words += state.refreshedAt.map { " It was read last on \(ReadableDate.time($0))." } ?? " It was never read."
        if let validUntil = state.validUntil, validUntil <= now {
            words += " What was read then says of itself that it is out of date since \(ReadableDate.time(validUntil))."
        }
        return Failure(
            words: words + " The certificates here go on counting; new ones are not noticed.",
            problem: seesProblem ? state.problem.map(PrintableText.escaped) : nil,
            next: state.dueAt.map { ReadableDate.time($0) }
        )
    }
}
