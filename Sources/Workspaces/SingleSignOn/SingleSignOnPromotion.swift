package import FoundationEssentials

/// Decides whether what is being edited is put in force, so that no administrator locks themselves out.
///
///     the version that was looked at is still the one        or somebody looks again
///     a domain is claimed                                    to switch on (behavior T5)
///     trust changes, or the settings count from now on       a session signed in a moment ago, or a visit (behavior T4)
///     a test sign-in of exactly these settings succeeded     or: people get in as before (``needsTest(_:over:)``), the session
///                                                            outlives the change, and the person says so
package struct SingleSignOnPromotion: Hashable, Sendable {
    /// Who puts settings in force.
    package enum Person: Hashable, Sendable {
        /// Whoever opened a setup link, whose visit the change does not end.
        case visitor
        /// An administrator: when they signed in, and under which certificate, where that is known.
        case member(authenticatedAt: Date, certificate: String?)
        /// An administrator by a passphrase, whose session rests on no certificate: when they signed in.
        case passphrase(authenticatedAt: Date)
    }

    /// What is done beside.
    package enum Step: Hashable, Sendable {
        /// The draft takes the place of what is in force.
        case replace
        /// Single sign-on is switched on.
        case switchOn
    }

    /// Why nothing is put in force.
    package enum Refusal: String, Error, Hashable, Sendable {
        /// Somebody saved something else meanwhile.
        case changedMeanwhile
        /// No test succeeded, and the person did not say to go on nevertheless.
        case notTested
        /// No test succeeded, and where the settings are wrong nobody would get in any more.
        case testNeeded
        /// No test succeeded, and the change would end the person's own session.
        case endsOwnSession
        /// The person has to sign in anew.
        case signInTooOld
    }

    /// How old the sign-in of whoever changes a certificate, the issuer, the sign-in URL or the attribute names may be.
    package static let freshness: TimeInterval = 15 * 60

    /// The workspace as it is, on whose word, and the present.
    package let administration: WorkspaceAdministration
    /// The workspace as it would be.
    package let edited: ConfiguredWorkspace
    /// When a test sign-in of exactly these settings succeeded; `nil` where none did.
    package let passedAt: Date?

    /// Puts the facts together.
    package init(administration: WorkspaceAdministration, edited: ConfiguredWorkspace, passedAt: Date?) {
        self.administration = administration
        self.edited = edited
        self.passedAt = passedAt
    }

    /// What a form names to say which change it means: what is in force, and what would be.
    package static func name(of edited: ConfiguredWorkspace, over current: ConfiguredWorkspace) -> String {
        "\(SingleSignOnVersion(of: current))-\(SingleSignOnVersion(of: edited))"
    }

    /// Decides.
    ///
    /// - Parameters:
    ///   - step: Whether single sign-on is switched on with it.
    ///   - name: What the form named.
    ///   - person: Who asks.
    ///   - isConfirmed: Whether the person said to go on without a test.
    /// - Returns: What is written.
    /// - Throws: ``Refusal``, or ``AdministrationRefusal``.
    package func decide(
        _ step: Step,
        name: String,
        by person: Person,
        isConfirmed: Bool
    ) throws -> WorkspaceOutcome {
        let current = self.administration.configured
        guard name.utf8.elementsEqual(Self.name(of: self.edited, over: current).utf8) else {
            throw Refusal.changedMeanwhile
        }
        guard var provider = self.edited.identityProvider else { throw AdministrationRefusal.samlNotConfigured }
        if step == .switchOn {
            guard !current.domains.isEmpty else { throw AdministrationRefusal.domainNotClaimed }
            provider.enabled = true
        }
        var new = self.edited
        new.identityProvider = provider
        if step == .switchOn || self.administration.configured.changesTrust(to: self.edited),
            !person.isFresh(at: self.administration.now)
        {
            throw Refusal.signInTooOld
        }
        if self.passedAt == nil {
            guard !Self.needsTest(self.edited, over: current) else { throw Refusal.testNeeded }
            guard !self.endsSession(of: person) else { throw Refusal.endsOwnSession }
            guard isConfirmed else { throw Refusal.notTested }
        }
        return self.administration.outcome(new, action: step == .switchOn ? .samlEnabled : .samlConfigured)
    }

    /// Whether only a test sign-in can show that people still get in: single sign-on is on, and they would be sent
    /// elsewhere, be vouched for by another issuer or under no certificate of now, or be read from other attributes.
    ///
    /// A certificate beside those that count takes nobody's way in away.
    package static func needsTest(_ edited: ConfiguredWorkspace, over current: ConfiguredWorkspace) -> Bool {
        guard let old = current.identityProvider, old.enabled, let new = edited.identityProvider else { return false }
        let kept = Set(new.certificates.map(\.der)).intersection(old.certificates.map(\.der))
        return kept.isEmpty || old.changesWay(to: new)
    }

    private func endsSession(of person: Person) -> Bool {
        person.losesSession(
            from: self.administration.configured.identityProvider?.certificates ?? [],
            to: self.edited.identityProvider?.certificates ?? []
        )
    }
}

extension SingleSignOnPromotion.Person {
    /// Whether the person signed in a moment ago; a visit is short.
    func isFresh(at now: Date) -> Bool {
        switch self {
        case .visitor: true
        case .member(let authenticatedAt, _), .passphrase(let authenticatedAt):
            now.timeIntervalSince(authenticatedAt) <= SingleSignOnPromotion.freshness
        }
    }

    /// Whether the session ends with a change of certificates: with one that is taken away go all sessions that were opened
    /// under none of those that stay (saml-security B10).
    func losesSession(from old: [PinnedCertificate], to new: [PinnedCertificate]) -> Bool {
        guard case .member(_, let certificate) = self else { return false }
        let kept = new.map(\.sha256Fingerprint)
        guard !old.allSatisfy({ kept.contains($0.sha256Fingerprint) }) else { return false }
        return !(certificate.map { kept.contains($0) } ?? false)
    }
}

extension SingleSignOnPromotion.Refusal: CustomStringConvertible {
    /// What is wrong and what to do, in one line.
    package var description: String {
        switch self {
        case .changedMeanwhile:
            "Somebody saved something else meanwhile; look at it again, then decide."
        case .notTested:
            "No test sign-in of these settings has succeeded; test them, or tick the box to go on without."
        case .testNeeded:
            "No test sign-in of these settings has succeeded. They change where people are sent, whom the gateway believes or"
                + " what it reads, so where they are wrong nobody gets in any more: run the test sign-in first. Where"
                + " nobody can sign in any more, whoever runs Portico sends a setup link, by which this draft can be tested,"
                + " or sets the values with “portico saml configure”."
        case .endsOwnSession:
            "The change takes away the certificate under which you signed in, so your own session would end, and no test"
                + " sign-in has shown that you would come back; test the draft first, or keep the certificate beside the"
                + " new one."
        case .signInTooOld:
            "Where people are sent, whom the gateway believes or what it reads changes, and you signed in more than 15 minutes ago; sign in again, then put it in"
                + " force. What you saved is kept."
        }
    }
}
