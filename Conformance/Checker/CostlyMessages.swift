import FoundationEssentials
import SAML
import SAMLBindings
import SAMLTesting
import XMLSecurity

/// Makes the messages of ``CostRun``, each signed by one of its keys.
struct CostlyMessages {
    let keys: CostlyKeys
    private let expectations: Expectations

    init(_ keys: CostlyKeys) throws {
        self.keys = keys
        self.expectations = try Expectations.measured(
            serviceProvider: "portico",
            identityProvider: keys.signer.entityID.value,
            assertionConsumerService: "https://gateway.example/.portico/saml/acs",
            requestID: "_request",
            now: "2026-03-01T12:00:00Z"
        )
    }

    // MARK: - Responses

    /// A Response that is signed, and so is its assertion.
    func response(_ document: CostlyDocument) throws -> CostRow {
        let draft = self.draft(document)
        var bytes = Array(try self.keys.signer.sign(draft).utf8)
        let options = XMLSigner.Options(inclusiveNamespaces: document.prefixes)
        for identifier in [draft.assertion?.id.value, draft.header.id.value].compactMap(\.self) {
            bytes = try XMLSigner.sign(bytes, elementID: identifier, key: self.keys.signer.key, options: options)
        }
        return self.row(document.name, bytes, decryptionKeys: [])
    }

    /// A Response with an assertion that is signed and encrypted; a stranger's is not signed around it, since of such a
    /// Response nothing is decrypted.
    func encrypted(
        _ document: CostlyDocument,
        signing: ResponseDraft.Signing,
        for recipients: [EncryptionRecipient]
    ) throws -> CostRow {
        var draft = self.draft(document)
        draft.signing = signing
        // Under the key that is tried last.
        draft.encryption = recipients.last.map { AssertionEncryption(for: $0.certificate) }
        return self.row(
            "\(document.name), encrypted, \(signing == .both ? "both signed" : "the assertion signed")",
            Array(try self.keys.signer.sign(draft).utf8),
            decryptionKeys: recipients.map(\.key)
        )
    }

    private func draft(_ document: CostlyDocument) -> ResponseDraft {
        var draft = self.keys.signer.draft(
            to: self.expectations,
            attributes: [Attribute(name: "n", texts: ["v"])],
            signing: .nothing
        )
        draft.replace("<samlp:Response ", with: "<samlp:Response\(document.declarations) ")
        draft.replace(
            "<saml:Attribute Name=\"n\"><saml:AttributeValue>v</saml:AttributeValue></saml:Attribute>",
            with: document.attributes
        )
        return draft
    }

    private func row(_ name: String, _ message: [UInt8], decryptionKeys: [DecryptionKey]) -> CostRow {
        let field = StrictBase64.encode(message)
        let expectations = self.expectations
        return CostRow(
            name,
            keys: self.keys.name,
            byteCount: message.count,
            strangers: self.keys.strangers,
            own: self.keys.own
        ) { certificates throws(ResponseRejection) in
            _ = try HTTPPostBinding.decodeResponse(field)
                .validate(
                    expectations,
                    certificates: certificates,
                    decryptionKeys: decryptionKeys,
                    signaturePolicy: .either
                )
        }
    }

    // MARK: - Logout requests

    /// A logout request by HTTP-POST with as many sessions as there is room for.
    ///
    /// - Parameter count: How many certificates may have signed it: eight at the endpoint of a workspace, as many as there may
    ///   be at the one that workspaces with one identity provider share.
    /// - Returns: The row.
    /// - Throws: What signing throws.
    func logout(certificates count: Int = 8) throws -> CostRow {
        let request = self.logoutRequest(sessions: 1560)
        let form = try HTTPPostBinding.form(for: request, relayState: nil, signer: self.signer)
        let field = form.fields.first { $0.name == "SAMLRequest" }?.value ?? ""
        let expectations = self.logoutExpectations
        return self.row(
            "a logout request with \(request.sessionIndexes.count) sessions",
            byteCount: StrictBase64.decode(field)?.count ?? 0,
            certificates: count
        ) { certificates throws(ResponseRejection) in
            _ = try HTTPPostBinding.decodeLogout(field, kind: .request, relayState: nil)
                .validateRequest(expectations, certificates: certificates)
        }
    }

    /// The same by HTTP-Redirect, where the inflated message has at most 64 KiB.
    func redirectedLogout(certificates count: Int) throws -> CostRow {
        let request = self.logoutRequest(sessions: 720)
        let url = try HTTPRedirectBinding.url(for: request, relayState: "r", signer: self.signer)
        let query = url.split(separator: "?", maxSplits: 1).last.map(String.init) ?? ""
        let expectations = self.logoutExpectations
        return self.row(
            "a logout request with \(request.sessionIndexes.count) sessions, in a query",
            byteCount: query.utf8.count,
            certificates: count
        ) { certificates throws(ResponseRejection) in
            _ = try HTTPRedirectBinding.decodeLogout(query: query)
                .validateRequest(expectations, certificates: certificates)
        }
    }

    private static let singleLogoutService = "https://gateway.example/.portico/saml/company-a/slo"

    private var signer: MessageSigner {
        MessageSigner(key: self.keys.signer.key, certificate: self.keys.signer.certificate)
    }

    private var logoutExpectations: LogoutExpectations {
        LogoutExpectations(
            identityProvider: self.keys.signer.entityID,
            singleLogoutService: Self.singleLogoutService,
            now: self.expectations.now
        )
    }

    private func logoutRequest(sessions: Int) -> LogoutRequest {
        LogoutRequest(
            id: .random(),
            issueInstant: self.expectations.now,
            destination: Self.singleLogoutService,
            issuer: Issuer(self.keys.signer.entityID.value),
            nameID: NameID(value: "ann", format: NameID.transientFormat),
            sessionIndexes: (0..<sessions).map { "_session\($0)" }
        )
    }

    private func row(
        _ name: String,
        byteCount: Int,
        certificates count: Int,
        check: @escaping ([SigningCertificate]) throws(ResponseRejection) -> Void
    ) -> CostRow {
        let strangers = (0..<count).map { self.keys.strangers[$0 % self.keys.strangers.count] }
        return CostRow(
            "\(name), \(count) certificates",
            keys: self.keys.name,
            byteCount: byteCount,
            strangers: strangers,
            own: strangers.dropLast() + [self.keys.signer.certificate],
            check: check
        )
    }
}
