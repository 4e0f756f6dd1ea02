import ArgumentParser
import Foundation
import SAML
import Workspaces
import XMLSecurity

/// `portico saml configure`: what the identity provider's administrator gave; what is not given stays as it is.
struct SAMLConfigureCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "configure",
        abstract: "Set the identity provider of a workspace.",
        discussion:
            """
            The first time, the sign-in URL, the issuer and a certificate are wanted, or metadata that has all three. \
            Later, what is not given stays. What metadata changes is shown before it is saved; at a terminal the command \
            asks first.
            """
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Option(name: .customLong("sign-in-url"), help: ArgumentHelp("Where people are sent to sign in.", valueName: "url"))
    var signInURL: String?

    @Option(help: ArgumentHelp("The issuer, also called entity ID, of the identity provider.", valueName: "uri"))
    var issuer: String?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Files with its signing certificates, PEM or bare base64; they replace those that are set.")
    )
    var certificate: [String] = []

    @Option(help: ArgumentHelp("either, assertion, response or both: what must be signed.", valueName: "policy"))
    var signaturePolicy: SignaturePolicy?

    @Flag(inversion: .prefixedNo, help: "Whether requests are signed.")
    var signRequests: Bool?

    @Option(help: ArgumentHelp("redirect or post: how requests travel.", valueName: "binding"))
    var requestBinding: RequestBinding?

    @Flag(inversion: .prefixedNo, help: "Whether people have to authenticate anew at each sign-in.")
    var forceAuthn: Bool?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Classes of authentication of which each sign-in must be one, such as PasswordProtectedTransport or a URI; an"
                + " empty one asks for none.",
            valueName: "class"
        )
    )
    var authnContext: [String] = []

    @Option(
        name: .customLong("name-id-policy"),
        help: ArgumentHelp(
            "any, unspecified, email, persistent, transient or omitted: what requests say of the NameID.",
            valueName: "policy"
        )
    )
    var nameIDPolicy: NameIDPolicy?

    @Flag(inversion: .prefixedNo, help: "Whether the login_hint of a link goes along as the Subject of the request.")
    var sendLoginHint: Bool?

    @Flag(inversion: .prefixedNo, help: "Whether assertions that are not encrypted are refused.")
    var requireEncryption: Bool?

    @Option(
        name: .customLong("slo-url"),
        help: ArgumentHelp("Where logout requests are sent; an empty one switches single logout off.", valueName: "url")
    )
    var sloURL: String?

    @Option(help: ArgumentHelp("redirect or post: how logout messages travel.", valueName: "binding"))
    var sloBinding: RequestBinding?

    @Option(
        name: .customLong("slo-response-url"),
        help: ArgumentHelp("Where logout responses are sent, if not to the same URL.", valueName: "url")
    )
    var sloResponseURL: String?

    @Flag(
        name: .customLong("allow-idp-initiated"),
        inversion: .prefixedNo,
        help: "Whether a sign-in may begin at the identity provider."
    )
    var allowIdPInitiated: Bool?

    @Option(help: ArgumentHelp("A preset, or name=attribute,… such as email=mail,roles=groups.", valueName: "names"))
    var attributes: String?

    @OptionGroup var metadata: MetadataOptions

    @OptionGroup var options: OperatorOptions

    func validate() throws {
        guard self.metadata.metadata != nil else { return }
        guard self.signInURL == nil, self.issuer == nil, self.certificate.isEmpty else {
            throw ValidationError("--metadata stands instead of --sign-in-url, --issuer and --certificate")
        }
    }

    func run() async throws {
        let certificates = try CertificateFiles.read(self.certificate)
        let names = try self.attributes.map { try AttributeNameSyntax($0) }
        let change = { @Sendable (current: IdentityProviderConfiguration?) in
            SAMLConfigurationChange(
                signInURL: self.signInURL,
                issuer: self.issuer,
                certificates: certificates,
                attributeNames: names.map { $0.applied(to: current?.attributeNames ?? AttributeNames()) },
                signaturePolicy: self.signaturePolicy,
                signRequests: self.signRequests,
                requestBinding: self.requestBinding,
                forceAuthn: self.forceAuthn,
                requestedAuthnContext: self.wantedAuthnContext,
                nameIDPolicy: self.nameIDPolicy,
                sendLoginHint: self.sendLoginHint,
                requireEncryption: self.requireEncryption,
                sloURL: self.sloURL,
                sloBinding: self.sloBinding,
                sloResponseURL: self.sloResponseURL,
                allowIdPInitiated: self.allowIdPInitiated,
                metadataRefresh: self.metadata.refresh
            )
        }
        try await self.options.withOperator { context in
            if let source = self.metadata.metadata {
                let metadataImport = MetadataImport(options: self.metadata, context: context)
                return try await metadataImport.run(source, of: self.companyID, with: change)
            }
            let loopbackHTTP = context.loopbackHTTP
            try await self.options.administer(self.companyID, done: "is configured") { administration in
                let current = administration.configured.identityProvider
                return try administration.configureSAML(change(current), loopbackHTTP: loopbackHTTP)
            }
        }
    }

    /// The classes that are asked for from now on; nil where the flag was not given.
    private var wantedAuthnContext: [String]? {
        self.authnContext.isEmpty ? nil : self.authnContext.filter { !$0.isEmpty }
    }
}
