import Foundation
import SAML
import Workspaces
import Yams

/// Reads one entry of `workspaces`.
struct WorkspaceEntryReader {
    private var entry: YAMLMapping
    private let folder: URL

    /// Reads `entry`; names of files in it are relative to `folder`.
    init(_ entry: YAMLMapping, folder: URL) {
        self.entry = entry
        self.folder = folder
    }

    /// The workspace; nil where it has no Company ID.
    ///
    /// Every mistake is reported.
    consuming func read(mistakes: inout [SettingMistake]) -> WorkspaceEntry? {
        let companyID = self.entry.text("company_id", mistakes: &mistakes)
        if companyID == nil {
            mistakes.append(self.entry.mistake("company_id", SettingProblem("is missing", "name the workspace")))
        }
        var settings = WorkspaceChange(
            name: self.entry.text("name", mistakes: &mistakes),
            defaultRole: self.entry.text("default_role", mistakes: &mistakes),
            selfRegistration: self.entry.value("self_registration", mistakes: &mistakes, parse: SettingSyntax.flag),
            allowGuests: self.entry.value("guests", mistakes: &mistakes, parse: SettingSyntax.flag),
            lastAdminPolicy: self.entry.value("protect_last_admin", mistakes: &mistakes, parse: SettingSyntax.flag)
                .map { $0 ? .keep : .demote },
            roleManager: self.entry.value("role_management", mistakes: &mistakes, parse: SettingSyntax.word),
            localSignIn: self.entry.value("local_sign_in", mistakes: &mistakes, parse: SettingSyntax.word),
            seats: self.seats(&mistakes)
        )
        let sessionLimits = SessionLimitsEntry(&self.entry, mistakes: &mistakes)
        let owner = self.entry.text("owner", mistakes: &mistakes)
        let domains = self.entry.texts("domains", mistakes: &mistakes) ?? []
        let saml = self.entry.mapping("saml", mistakes: &mistakes)
        let identityProvider = saml.flatMap { mapping in
            self.readSAML(mapping, into: &settings, mistakes: &mistakes)
        }
        let mappings = self.entry.mapping("mappings", mistakes: &mistakes)
            .flatMap { GroupMappingsReader($0).read(mistakes: &mistakes) }
        let places = PlacesReader.read(&self.entry, mistakes: &mistakes)
        mistakes += self.entry.unknownKeys()
        return companyID.map {
            WorkspaceEntry(
                companyID: $0,
                owner: owner,
                domains: domains,
                settings: settings,
                sessionLimits: sessionLimits,
                identityProvider: identityProvider,
                mappings: mappings,
                places: places
            )
        }
    }

    /// The number of seats; null is no limit, nil nothing that is said.
    private mutating func seats(_ mistakes: inout [SettingMistake]) -> SeatLimit? {
        guard !self.entry.isNull("seats") else { return .unlimited }
        return self.entry.value("seats", mistakes: &mistakes) { text throws(SettingProblem) in
            .seats(try SettingSyntax.count(text, in: 1...10_000_000))
        }
    }

    private func readSAML(
        _ mapping: YAMLMapping,
        into settings: inout WorkspaceChange,
        mistakes: inout [SettingMistake]
    ) -> WorkspaceEntry.IdentityProvider {
        var saml = mapping
        settings.spIssuer = saml.text("sp_issuer", mistakes: &mistakes)
        settings.acsStyle = saml.value("acs_style", mistakes: &mistakes, parse: SettingSyntax.word)
        settings.rolesMode = saml.value("roles_mode", mistakes: &mistakes, parse: SettingSyntax.word)
        let identityProvider = WorkspaceEntry.IdentityProvider(
            signInURL: saml.text("sign_in_url", mistakes: &mistakes),
            issuer: saml.text("issuer", mistakes: &mistakes),
            certificates: self.certificates(&saml, mistakes: &mistakes),
            metadata: self.metadata(&saml, mistakes: &mistakes),
            metadataRefresh: saml.value("metadata_refresh", mistakes: &mistakes, parse: SettingSyntax.word),
            attributes: Self.attributes(&saml, mistakes: &mistakes),
            signaturePolicy: saml.value("signature_policy", mistakes: &mistakes, parse: SettingSyntax.word),
            signRequests: saml.value("sign_requests", mistakes: &mistakes, parse: SettingSyntax.flag),
            requestBinding: saml.value("request_binding", mistakes: &mistakes, parse: SettingSyntax.word),
            forceAuthn: saml.value("force_authn", mistakes: &mistakes, parse: SettingSyntax.flag),
            authnContext: saml.texts("authn_context", mistakes: &mistakes)?.filter { !$0.isEmpty },
            nameIDPolicy: saml.value("name_id_policy", mistakes: &mistakes, parse: SettingSyntax.word),
            sendLoginHint: saml.value("send_login_hint", mistakes: &mistakes, parse: SettingSyntax.flag),
            requireEncryption: saml.value("require_encryption", mistakes: &mistakes, parse: SettingSyntax.flag),
            sloURL: saml.text("slo_url", mistakes: &mistakes),
            sloBinding: saml.value("slo_binding", mistakes: &mistakes, parse: SettingSyntax.word),
            sloResponseURL: saml.text("slo_response_url", mistakes: &mistakes),
            allowIdPInitiated: saml.value("allow_idp_initiated", mistakes: &mistakes, parse: SettingSyntax.flag),
            enabled: saml.value("enabled", mistakes: &mistakes, parse: SettingSyntax.flag) ?? true
        )
        for key in ["sign_in_url", "issuer", "certificates"] where identityProvider.metadata != nil {
            guard saml.node(key) != nil else { continue }
            let problem = SettingProblem("stands beside `metadata`, which says it", "leave one of the two out")
            mistakes.append(saml.mistake(key, problem))
        }
        mistakes += saml.unknownKeys()
        return identityProvider
    }

    private func metadata(_ saml: inout YAMLMapping, mistakes: inout [SettingMistake]) -> MetadataReference? {
        let entity = saml.value("metadata_entity", mistakes: &mistakes) { text throws(SettingProblem) in
            guard let entityID = EntityID(text) else {
                throw SettingProblem("is empty, too long, or has white space around it", "name one entity")
            }
            return entityID
        }
        guard let node = saml.node("metadata") else {
            if entity != nil {
                let problem = SettingProblem("goes with `metadata`", "name the metadata, or leave it out")
                mistakes.append(saml.mistake("metadata_entity", problem))
            }
            return nil
        }
        var source = node.scalar?.string
        if let path = node.mapping?["file"]?.scalar?.string {
            source = URL(filePath: path, relativeTo: self.folder).path
        }
        let isURL = source?.contains("://") ?? false
        guard let source, isURL == (node.mapping == nil) else {
            let problem = SettingProblem("is neither a URL nor of the form `file: idp.xml`", "name the metadata so")
            mistakes.append(saml.mistake("metadata", problem))
            return nil
        }
        return MetadataReference(source: source, entityID: entity, entityHint: "The key is metadata_entity.")
    }

    private func certificates(_ saml: inout YAMLMapping, mistakes: inout [SettingMistake]) -> [PinnedCertificate]? {
        guard let node = saml.node("certificates") else { return nil }
        guard let elements = node.sequence else {
            mistakes.append(saml.mistake("certificates", SettingProblem("is not a list", "write [file: idp.pem]")))
            return nil
        }
        return elements.flatMap { element in
            do {
                return try self.certificates(element, of: saml.name(of: "certificates"))
            } catch {
                let line = (error as? CommandRefusal)?.line ?? "\(error)"
                let remedy = "name the file of the identity provider's signing certificate"
                mistakes.append(saml.mistake("certificates", SettingProblem("cannot be used: \(line)", remedy)))
                return []
            }
        }
    }

    private func certificates(_ element: Node, of name: String) throws -> [PinnedCertificate] {
        if let text = element.scalar?.string { return try CertificateFiles.parse(text, from: name) }
        guard let path = element.mapping?["file"]?.scalar?.string else {
            throw CommandRefusal("an entry is neither a PEM text nor of the form `file: idp.pem`")
        }
        let location = URL(filePath: path, relativeTo: self.folder).path
        return try CertificateFiles.parse(CertificateFiles.text(of: location), from: location)
    }

    private static func attributes(
        _ saml: inout YAMLMapping,
        mistakes: inout [SettingMistake]
    ) -> AttributeNameSyntax? {
        guard let node = saml.node("attributes") else { return nil }
        do {
            if let preset = node.scalar?.string { return try AttributeNameSyntax(preset) }
            let pairs = (node.mapping ?? [:])
                .compactMap { key, value in
                    key.string.flatMap { name in value.scalar.map { (name, $0.string) } }
                }
            return try AttributeNameSyntax(pairs: Dictionary(pairs) { $1 })
        } catch {
            let remedy = "write a preset, or { email: mail, roles: roles }"
            mistakes.append(saml.mistake("attributes", SettingProblem("cannot be used: \(error)", remedy)))
            return nil
        }
    }
}
