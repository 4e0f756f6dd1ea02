import FoundationEssentials
import SAML
import SAMLBindings
package import SAMLTesting
import XMLSecurity

/// Judges logout messages that were made of signed ones: what is accepted must say what one of the originals says, and a
/// query must carry its RelayState.
package struct LogoutOracle: Sendable {
    /// The originals by HTTP-Redirect, as queries: a request with a RelayState, one without, a response.
    package let queries: [String]
    /// The originals by HTTP-POST: a request, a response.
    package let documents: [String]

    private let expectations: LogoutExpectations
    private let requestID: MessageID
    private let certificates: [SigningCertificate]
    private var said: Set<[[UInt8]]> = []

    /// Makes originals that an identity provider signs.
    ///
    /// - Throws: `SAMLTestingFailure` when a key cannot be made, `MessageEncodingFailure` when an original cannot be
    ///   signed, `ResponseRejection` when one is refused.
    package init(identityProvider: TestIdentityProvider) throws {
        let endpoint = "https://gateway.example/.portico/saml/slo"
        guard let now = SAMLInstant.parse("2026-03-01T12:00:00Z"), let requestID = MessageID("_request"),
            let id = MessageID("_logout")
        else { throw SAMLTestingFailure.invalidEntityID("portico") }
        self.requestID = requestID
        self.certificates = [identityProvider.certificate]
        self.expectations = LogoutExpectations(
            identityProvider: identityProvider.entityID,
            singleLogoutService: endpoint,
            now: now
        )
        let issuer = Issuer(identityProvider.entityID.value)
        let request = LogoutRequest(
            id: id,
            issueInstant: now,
            destination: endpoint,
            issuer: issuer,
            notOnOrAfter: now + 300,
            nameID: NameID(value: "ann", format: NameID.transientFormat, spNameQualifier: "portico"),
            sessionIndexes: ["_s1", "_s2"]
        )
        let response = LogoutResponse(
            id: id,
            issueInstant: now,
            inResponseTo: requestID,
            destination: endpoint,
            issuer: issuer,
            status: Status(code: Status.success, message: "done")
        )
        let signer = MessageSigner(key: identityProvider.key)
        self.queries = try [
            HTTPRedirectBinding.url(for: request, relayState: "r/s", signer: signer),
            HTTPRedirectBinding.url(for: request, relayState: nil, signer: signer),
            HTTPRedirectBinding.url(for: response, relayState: "r", signer: signer),
        ]
        .map { String($0.dropFirst(endpoint.count + 1)) }
        self.documents = try [
            HTTPPostBinding.form(for: request, relayState: nil, signer: signer),
            HTTPPostBinding.form(for: response, relayState: nil, signer: signer),
        ]
        .flatMap(\.fields).compactMap { StrictBase64.decode($0.value) }.map { String(decoding: $0, as: UTF8.self) }
        for query in self.queries {
            self.said.insert(try self.read(try HTTPRedirectBinding.decodeLogout(query: query)))
        }
        for (document, kind) in zip(self.documents, [ReceivedLogoutMessage.Kind.request, .response]) {
            self.said.insert(try self.read(try self.decode(Array(document.utf8), kind)))
        }
    }

    /// Checks a query as a gateway does.
    package func judge(query: String) -> Verdict {
        self.judge { () throws(ResponseRejection) in try HTTPRedirectBinding.decodeLogout(query: query) }
    }

    /// Checks a document as a gateway does, once as a request and once as a response.
    package func judge(document: [UInt8]) -> [Verdict] {
        [ReceivedLogoutMessage.Kind.request, .response]
            .map { kind in self.judge { () throws(ResponseRejection) in try self.decode(document, kind) } }
    }

    private func judge(_ decode: () throws(ResponseRejection) -> ReceivedLogoutMessage) -> Verdict {
        do throws(ResponseRejection) {
            return self.said.contains(try self.read(try decode())) ? .original : .forged
        } catch {
            return .refused(error.code.rawValue)
        }
    }

    private func decode(
        _ document: [UInt8],
        _ kind: ReceivedLogoutMessage.Kind
    ) throws(ResponseRejection) -> ReceivedLogoutMessage {
        try HTTPPostBinding.decodeLogout(StrictBase64.encode(document), kind: kind, relayState: nil)
    }

    /// Everything that a gateway acts upon, as bytes: `String` compares by canonical equivalence.
    private func read(_ message: ReceivedLogoutMessage) throws(ResponseRejection) -> [[UInt8]] {
        var parts = ["\(message.kind)", message.claimedIssuer.value, message.relayState.map { "=" + $0 } ?? ""]
        switch message.kind {
        case .request:
            let request = try message.validateRequest(self.expectations, certificates: self.certificates)
            parts += [request.id.value, request.issuer.value, "\(request.replayableUntil.timeIntervalSince1970)"]
            let nameID = request.nameID
            parts += [nameID.value, nameID.format ?? "", nameID.nameQualifier ?? "", nameID.spNameQualifier ?? ""]
            parts += request.sessionIndexes
        case .response:
            let status = try message.validateResponse(
                self.expectations,
                requestID: self.requestID,
                certificates: self.certificates
            )
            parts += [message.claimedInResponseTo?.value ?? "", status.code, status.subordinateCode ?? ""]
            parts.append(status.message ?? "")
        }
        return parts.map { Array($0.utf8) }
    }
}
