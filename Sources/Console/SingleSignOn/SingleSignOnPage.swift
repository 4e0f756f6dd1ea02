import FoundationEssentials
import GatewayHTTP
import SAML
import Workspaces

/// What the page of single sign-on shows: the names that the template uses.
struct SingleSignOnPage {
    /// Why the page is shown, beside that somebody asked for it.
    enum Notice: Hashable {
        /// The form was saved.
        case saved
        /// The form was saved as a draft.
        case drafted
        /// The draft was put in force.
        case inForce
        /// The draft was given up.
        case discarded
        /// Whoever asked has to sign in anew first.
        case signInTooOld
        /// Single sign-on was switched on.
        case enabled
        /// What the metadata proposed was approved.
        case approved
        /// What the metadata proposed was rejected.
        case rejected
        /// Somebody else saved meanwhile.
        case conflict
        /// The values come from metadata and are not saved yet.
        case preview
        /// The names come from a preset and are not saved yet.
        case preset(AttributePreset)
    }

    /// A value to copy into the identity provider's console.
    struct Copied {
        let id: String
        let label: String
        let value: String
        let help: String
    }

    let frame: ConsoleFrame
    let path: String
    let metadataPath: String
    let enablePath: String
    let testPath: String
    let version: String
    let companyID: String
    let isEnabled: Bool
    let isConfigured: Bool
    let canEnable: Bool
    let needsDomain: Bool
    let domainsPath: String
    let inForcePath: String
    let discardPath: String
    let versionsPath: String
    let freshSignInPath: String?
    let change: String
    let draft: DraftCard?
    let hasDraft: Bool
    let isInUse: Bool
    let passedAt: String?
    /// Why the draft cannot be put in force yet; `nil` where it can.
    let testWords: String?
    let isSaved: Bool
    let isDrafted: Bool
    let isUndrafted: Bool
    let isInForce: Bool
    let isDiscarded: Bool
    let wasEnabled: Bool
    let wasApproved: Bool
    let wasRejected: Bool
    let isConflict: Bool
    let overtaken: Overtaken?
    let isPreview: Bool
    let filledPreset: String?
    let presetPath: String
    let guides: [GuideLink]
    let differences: [ShownDifference]
    let hasDifferences: Bool
    let problemCount: Int?
    /// Whether what is wrong is with a step that was asked for, such as to switch it on, and nothing was typed.
    let isStepRefused: Bool
    let keepsEverything: Bool
    let problemLinks: [ProblemLink]
    let otherProblems: [String]
    let copied: [Copied]
    let certificates: [CertificateCard]
    let fields: SingleSignOnFields
    let metadata: MetadataFields
    let metadataNews: MetadataNews?
    let rolesSeen: String?

    /// Puts the page together.
    ///
    /// - Parameters:
    ///   - edited: Who looks, at which workspace and draft.
    ///   - service: The settings.
    ///   - typed: What was typed; what is saved where it is nil.
    ///   - version: The version that the form was made of; the present one where it is nil.
    ///   - problems: What is wrong with what was typed.
    ///   - notice: Why the page is shown.
    ///   - differences: How what was typed differs from what is saved.
    ///   - overtaken: What somebody else changed, for which nothing was done.
    ///   - metadata: What was typed to import metadata.
    /// What a step that was asked for is called among the problems.
    static let step = "change"

    init(
        _ edited: EditedSettings,
        service: Console,
        values typed: SingleSignOnValues? = nil,
        version: String? = nil,
        problems: FormProblems = FormProblems(),
        notice: Notice? = nil,
        differences: [SettingDifference] = [],
        overtaken: Overtaken? = nil,
        metadata: MetadataFields = MetadataFields()
    ) {
        let visit = edited.visit
        let configured = visit.configured
        let site = service.pages.site
        let values = typed ?? SingleSignOnValues(configured)
        self.frame = ConsoleFrame(visit, page: .singleSignOn, renderer: service.renderer)
        self.path = ConsolePath.singleSignOn.path(at: site)
        self.metadataPath = self.path + "/metadata"
        self.enablePath = self.path + "/enable"
        self.testPath = site.testResultPath
        self.version = version ?? SingleSignOnVersion(of: configured).description
        self.companyID = configured.workspace.companyID.value
        self.isConfigured = configured.identityProvider != nil
        self.isEnabled = configured.identityProvider?.enabled ?? false
        self.needsDomain = configured.domains.isEmpty
        self.domainsPath = ConsolePath.domains.path(at: site)
        self.canEnable = self.isConfigured && !self.isEnabled && !configured.domains.isEmpty
        self.inForcePath = self.path + "/in-force"
        self.discardPath = self.path + "/discard"
        self.versionsPath = self.path + "/versions"
        let freshSignIn = visit.visitor.session.map { session in
            FreshSignIn(session, path: ConsolePath.singleSignOn.path(at: site), site: site)
        }
        self.freshSignInPath = notice == .signInTooOld ? freshSignIn?.path : nil
        self.change = edited.promotionName
        self.draft = DraftCard(edited)
        self.hasDraft = edited.draft != nil
        self.isInUse = edited.isInUse
        self.passedAt = edited.passedAt.map { ReadableDate.time($0) }
        self.testWords = edited.needsTest ? SingleSignOnPromotion.Refusal.testNeeded.description : nil
        self.isSaved = notice == .saved
        // The link may be old, or anybody's: it says nothing that is not so.
        let hasDraft = edited.draft != nil
        self.isDrafted = notice == .drafted && hasDraft
        self.isUndrafted = notice == .drafted && !hasDraft
        self.isInForce = notice == .inForce && !hasDraft
        self.isDiscarded = notice == .discarded && !hasDraft
        self.wasEnabled = notice == .enabled && (configured.identityProvider?.enabled ?? false)
        let followsMetadata = edited.inForce.identityProvider?.metadataSource != nil
        self.wasApproved = notice == .approved && followsMetadata
        self.wasRejected = notice == .rejected && followsMetadata
        self.isConflict = notice == .conflict
        self.overtaken = overtaken
        self.isPreview = notice == .preview
        self.filledPreset = if case .preset(let preset) = notice { preset.title } else { nil }
        self.presetPath = self.path + "/preset"
        self.guides = GuideLink.all(site: site)
        // The switch is no part of the form.
        let shown = differences.filter { $0.field != "enabled" }
        self.differences = shown.map(ShownDifference.init)
        self.hasDifferences = !shown.isEmpty
        self.fields = SingleSignOnFields(values, problems: problems)
        let links = ProblemLink.all(problems, fields: self.fields.all + metadata.all)
        self.problemLinks = links
        self.otherProblems = problems.beside((self.fields.all + metadata.all).map(\.name))
        self.problemCount = problems.isEmpty ? nil : problems.count
        self.isStepRefused = problems.words(of: Self.step) != nil
        self.keepsEverything = metadata.isComplete && !values.lacksPrivateKey
        self.copied = Self.copied(configured.workspace, site: site)
        self.certificates = (configured.identityProvider?.certificates ?? [])
            .map { CertificateCard($0, isRemoved: values.removed.contains($0.sha256Fingerprint), now: service.now()) }
        self.metadata = metadata
        self.metadataNews = MetadataNews(
            edited.refreshes,
            of: edited.inForce.identityProvider,
            visitor: visit.visitor,
            site: site,
            now: service.now()
        )
        self.rolesSeen = configured.workspace.rolesFirstSeenAt.map { ReadableDate.time($0) }
    }

    private static func copied(_ workspace: Workspace, site: PublicSite) -> [Copied] {
        [
            Copied(
                id: "sp-sign-in-url",
                label: "SP sign-in URL",
                value: site.assertionConsumerService(of: workspace),
                help: "Also called assertion consumer service, ACS, reply or single sign-on URL."
            ),
            Copied(
                id: "sp-issuer-value",
                label: "SP issuer",
                value: workspace.spIssuer.value,
                help: "Also called entity ID, audience or identifier. Must match to the letter."
            ),
            Copied(
                id: "metadata-link",
                label: "Metadata link",
                value: site.metadataURL(of: workspace),
                help: "All of these and Portico’s certificates in one document, if your provider reads it."
            ),
            Copied(
                id: "single-logout-url",
                label: "Logout URL",
                value: site.singleLogoutService(of: workspace),
                help: "Single logout, if your provider asks for it."
            ),
            Copied(
                id: "login-url",
                label: "Login URL",
                value: site.signInURL(of: workspace.companyID),
                help: "For a tile or a bookmark: leads straight to your provider."
            ),
        ]
    }
}
