import Foundation
import SAML
import Testing
import Workspaces

@Suite("Putting single sign-on settings in force")
struct SingleSignOnPromotionTests {
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private static func certificate(_ number: UInt8) -> PinnedCertificate {
        PinnedCertificate(der: [number], sha256Fingerprint: "0\(number)", notAfter: .distantFuture)
    }

    private static func configured(
        issuer: String = "https://idp.example/metadata",
        signInURL: String = "https://idp.example/sso",
        certificates: [UInt8] = [1],
        enabled: Bool = true,
        domains: [String] = ["company-a.example"],
        metadata: MetadataSource? = nil
    ) throws -> ConfiguredWorkspace {
        ConfiguredWorkspace(
            workspace: Workspace(
                id: try #require(WorkspaceID("6f1c2f4e-0d7a-4b8e-9a53-1f2e3d4c5b6a")),
                companyID: try #require(CompanyID("company-a")),
                name: "Company A",
                spIssuer: try #require(EntityID("portico")),
                defaultRole: .notActivated
            ),
            identityProvider: IdentityProviderConfiguration(
                enabled: enabled,
                signInURL: signInURL,
                issuer: try #require(EntityID(issuer)),
                certificates: certificates.map(Self.certificate),
                metadataSource: metadata
            ),
            domains: domains.compactMap { EmailDomain($0) }
        )
    }

    @Test(
        "T4 whoever may pin keys without approval is as much as a certificate",
        arguments: [
            (nil, ("https://a.example", .automatic), true), (nil, ("https://a.example", .pinned), false),
            (("https://a.example", .automatic), nil, false),
            (("https://a.example", .automatic), ("https://a.example", .pinned), false),
            (("https://a.example", .pinned), ("https://a.example", .automatic), true),
            (("https://a.example", .automatic), ("https://b.example", .automatic), true),
            (("https://a.example", .automatic), ("https://a.example", .automatic), false),
        ] as [((String, MetadataRefreshMode)?, (String, MetadataRefreshMode)?, Bool)]
    )
    func followsMetadata(
        old: (String, MetadataRefreshMode)?,
        new: (String, MetadataRefreshMode)?,
        changesTrust: Bool
    ) throws {
        let settings = { (source: (String, MetadataRefreshMode)?) in
            let metadata = source.flatMap { MetadataSource(url: $0.0, mode: $0.1) }
            return try #require(SingleSignOnSettings(of: try Self.configured(metadata: metadata)))
        }
        #expect(try settings(new).changesTrust(since: try settings(old)) == changesTrust)
    }

    @Test(
        "T4 where people are sent and what is read of them is as much as the issuer",
        arguments: [
            (Change(), false), (Change { $0.signInURL = "https://idp.example/other" }, true),
            (Change { $0.attributeNames.email = "mail" }, true), (Change { $0.attributeNames.roles = "role" }, true),
            (Change { $0.attributeNames.groupValues = .comma }, true), (Change { $0.signRequests = true }, false),
            (Change { $0.signaturePolicy = .both }, false),
        ] as [(Change, Bool)]
    )
    func changesTrust(_ change: Change, _ isTrust: Bool) throws {
        let old = try Self.configured()
        var new = old
        if var provider = new.identityProvider {
            change.apply(&provider)
            new.identityProvider = provider
        }
        let settings = try #require(SingleSignOnSettings(of: new))
        #expect(settings.changesTrust(since: try #require(SingleSignOnSettings(of: old))) == isTrust)
    }

    /// What somebody changes of an identity provider.
    struct Change: Sendable {
        var apply: @Sendable (inout IdentityProviderConfiguration) -> Void = { _ in }
    }

    /// One attempt: what is in force, what is edited, who asks, and what comes of it.
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var current: [UInt8] = [1]
        var isOn = true
        var edited: [UInt8] = [1]
        var issuer = "https://idp.example/metadata"
        var signInURL = "https://idp.example/sso"
        var change = Change { $0.sendLoginHint = true }
        var person = SingleSignOnPromotion.Person.member(
            authenticatedAt: SingleSignOnPromotionTests.now,
            certificate: "01"
        )
        var isPassed = false
        var isConfirmed = false
        var isNamed = true
        var refusal: SingleSignOnPromotion.Refusal?
    }

    private static let old = Date(timeIntervalSince1970: 1_800_000_000 - 901)

    private static let rows = [
        Row(testDescription: "tested", isPassed: true),
        Row(testDescription: "untested", refusal: .notTested),
        Row(testDescription: "untested and confirmed", isConfirmed: true),
        Row(
            testDescription: "something else than was looked at",
            isPassed: true,
            isNamed: false,
            refusal: .changedMeanwhile
        ),
        Row(testDescription: "a certificate more, untested and confirmed", edited: [1, 2], isConfirmed: true),
        Row(
            testDescription: "a certificate less, which is one's own, untested and confirmed",
            current: [1, 2],
            edited: [2],
            isConfirmed: true,
            refusal: .endsOwnSession
        ),
        Row(
            testDescription: "a certificate less, another than one's own, untested and confirmed",
            current: [1, 2],
            edited: [1],
            isConfirmed: true
        ),
        Row(
            testDescription: "another certificate, untested and confirmed",
            edited: [2],
            isConfirmed: true,
            refusal: .testNeeded
        ),
        Row(
            testDescription: "another issuer, untested and confirmed",
            issuer: "https://other.example",
            isConfirmed: true,
            refusal: .testNeeded
        ),
        Row(
            testDescription: "another URL, untested and confirmed",
            signInURL: "https://idp.example/other",
            isConfirmed: true,
            refusal: .testNeeded
        ),
        Row(
            testDescription: "another attribute, untested and confirmed",
            change: Change { $0.attributeNames.email = "mail" },
            isConfirmed: true,
            refusal: .testNeeded
        ),
        Row(
            testDescription: "another issuer while nobody signs in by it, untested and confirmed",
            isOn: false,
            issuer: "https://other.example",
            isConfirmed: true
        ),
        Row(testDescription: "another issuer, tested", issuer: "https://other.example", isPassed: true),
        Row(testDescription: "another certificate, tested", edited: [2], isPassed: true),
        Row(
            testDescription: "a certificate less, a session of nobody knows which, confirmed",
            current: [1, 2],
            edited: [2],
            person: .member(authenticatedAt: now, certificate: nil),
            isConfirmed: true,
            refusal: .endsOwnSession
        ),
        Row(
            testDescription: "a certificate less, a session by passphrase, confirmed",
            current: [1, 2],
            edited: [2],
            person: .passphrase(authenticatedAt: now),
            isConfirmed: true
        ),
        Row(
            testDescription: "another certificate, tested, a session by passphrase of sixteen minutes",
            edited: [2],
            person: .passphrase(authenticatedAt: old),
            isPassed: true,
            refusal: .signInTooOld
        ),
        Row(
            testDescription: "another certificate, a visit that says so",
            edited: [2],
            person: .visitor,
            isConfirmed: true,
            refusal: .testNeeded
        ),
        Row(
            testDescription: "a certificate less, a visit that says so",
            current: [1, 2],
            edited: [2],
            person: .visitor,
            isConfirmed: true
        ),
        Row(
            testDescription: "a certificate less, a visit that does not",
            current: [1, 2],
            edited: [2],
            person: .visitor,
            refusal: .notTested
        ),
        Row(
            testDescription: "another certificate, tested, by a session of sixteen minutes",
            edited: [1, 2],
            person: .member(authenticatedAt: old, certificate: "01"),
            isPassed: true,
            refusal: .signInTooOld
        ),
        Row(
            testDescription: "another issuer, tested, by a session of sixteen minutes",
            issuer: "https://other.example",
            person: .member(authenticatedAt: old, certificate: "01"),
            isPassed: true,
            refusal: .signInTooOld
        ),
        Row(
            testDescription: "another URL, tested, by a session of sixteen minutes",
            signInURL: "https://idp.example/other",
            person: .member(authenticatedAt: old, certificate: "01"),
            isPassed: true,
            refusal: .signInTooOld
        ),
        Row(
            testDescription: "another attribute, tested, by a session of sixteen minutes",
            change: Change { $0.attributeNames.email = "mail" },
            person: .member(authenticatedAt: old, certificate: "01"),
            isPassed: true,
            refusal: .signInTooOld
        ),
        Row(
            testDescription: "another setting, by a session of sixteen minutes",
            person: .member(authenticatedAt: old, certificate: "01"),
            isPassed: true
        ),
    ]

    @Test("T4 T7 nobody locks themselves out", arguments: rows)
    func nobodyLocksThemselvesOut(_ row: Row) throws {
        let current = try Self.configured(certificates: row.current, enabled: row.isOn)
        var edited = try Self.configured(
            issuer: row.issuer,
            signInURL: row.signInURL,
            certificates: row.edited,
            enabled: row.isOn
        )
        var provider = try #require(edited.identityProvider)
        row.change.apply(&provider)
        edited.identityProvider = provider
        let promotion = SingleSignOnPromotion(
            administration: WorkspaceAdministration(configured: current, actor: .setup, now: Self.now),
            edited: edited,
            passedAt: row.isPassed ? Self.now : nil
        )
        let decide = {
            try promotion.decide(
                .replace,
                name: row.isNamed ? SingleSignOnPromotion.name(of: edited, over: current) : "another",
                by: row.person,
                isConfirmed: row.isConfirmed
            )
        }
        if let refusal = row.refusal {
            #expect(throws: refusal) { try decide() }
            #expect(!refusal.description.isEmpty)
        } else {
            let outcome = try decide()
            #expect(outcome.configured == edited)
            #expect(outcome.events.map(\.action) == [.samlConfigured])
        }
    }

    @Test(
        "T4 switching on wants a fresh sign-in, whatever was saved while it was off",
        arguments: [
            (.member(authenticatedAt: old, certificate: "01"), .signInTooOld),
            (.passphrase(authenticatedAt: old), .signInTooOld),
            (.member(authenticatedAt: now, certificate: "01"), nil), (.passphrase(authenticatedAt: now), nil),
            (.visitor, nil),
        ] as [(SingleSignOnPromotion.Person, SingleSignOnPromotion.Refusal?)]
    )
    func switchingOnWantsAFreshSignIn(
        person: SingleSignOnPromotion.Person,
        refusal: SingleSignOnPromotion.Refusal?
    ) throws {
        let saved = try Self.configured(enabled: false)
        let promotion = SingleSignOnPromotion(
            administration: WorkspaceAdministration(configured: saved, actor: .setup, now: Self.now),
            edited: saved,
            passedAt: Self.now
        )
        let decision = Result {
            try promotion.decide(
                .switchOn,
                name: SingleSignOnPromotion.name(of: saved, over: saved),
                by: person,
                isConfirmed: false
            )
        }
        guard let refusal else {
            #expect(try decision.get().configured.identityProvider?.enabled == true)
            return
        }
        #expect(throws: refusal) { try decision.get() }
    }

    @Test("T5 switching on wants a domain")
    func switchingOnWantsADomain() throws {
        for domains in [[], ["company-a.example"]] {
            let current = try Self.configured(enabled: false, domains: domains)
            let promotion = SingleSignOnPromotion(
                administration: WorkspaceAdministration(configured: current, actor: .setup, now: Self.now),
                edited: current,
                passedAt: Self.now
            )
            let decide = {
                try promotion.decide(
                    .switchOn,
                    name: SingleSignOnPromotion.name(of: current, over: current),
                    by: .visitor,
                    isConfirmed: false
                )
            }
            guard !domains.isEmpty else {
                #expect(throws: AdministrationRefusal.domainNotClaimed) { try decide() }
                continue
            }
            let outcome = try decide()
            #expect(outcome.configured.identityProvider?.enabled == true)
            #expect(outcome.events.map(\.action) == [.samlEnabled])
        }
    }
}
