import GatewayHTTP
import HTTPTypes
import Hummingbird
import SAML
import SAMLBindings
import Workspaces

/// Reads what came to a single logout endpoint, by HTTP-Redirect or HTTP-POST; there is no HTTP-Artifact (saml-security
/// D16).
enum LogoutMessage {
    /// The longest RelayState in octets (saml-bindings 3.4.3 and 3.5.3); it is sent back as it came.
    private static let maximumRelayState = 80

    /// Reads a message, of which nothing is verified yet.
    ///
    /// - Throws: ``RefusedLogout``; `not_found` for an artifact.
    static func read(_ request: Request) async throws -> ReceivedLogoutMessage {
        do {
            guard request.method == .post else {
                guard !FormDecoder.decodeQuery(of: request).contains("SAMLart") else {
                    throw GatewayError(RequestRefusal.notFound)
                }
                return try HTTPRedirectBinding.decodeLogout(query: request.uri.query ?? "")
            }
            return try await self.posted(request)
        } catch let rejection as ResponseRejection {
            throw RefusedLogout(rejection)
        }
    }

    /// Reads the form (saml-bindings 3.5.4): exactly one message, at most one RelayState.
    private static func posted(_ request: Request) async throws -> ReceivedLogoutMessage {
        let fields: (request: String?, response: String?, relayState: String?)
        do {
            let form = try await FormDecoder.samlMessage.decodeBody(of: request)
            fields = (
                try form.optionalValue("SAMLRequest"), try form.optionalValue("SAMLResponse"),
                try form.optionalValue("RelayState")
            )
        } catch let error as GatewayError where error == GatewayError(.tooLarge) {
            throw ResponseRejection(.tooLarge, rule: "LogoutMessage")
        } catch is GatewayError {
            throw ResponseRejection(.xmlInvalid, rule: "LogoutMessage", wanted: "a form")
        } catch is RequestRefusal {
            throw ResponseRejection(.xmlInvalid, rule: "LogoutMessage", wanted: "each field once")
        }
        guard (fields.relayState?.utf8.count ?? 0) <= self.maximumRelayState else {
            throw ResponseRejection(.xmlInvalid, rule: "LogoutMessage", wanted: "a RelayState of at most 80 octets")
        }
        switch (fields.request, fields.response) {
        case (let field?, nil):
            return try HTTPPostBinding.decodeLogout(field, kind: .request, relayState: fields.relayState)
        case (nil, let field?):
            return try HTTPPostBinding.decodeLogout(field, kind: .response, relayState: fields.relayState)
        case (_, _):
            throw ResponseRejection(.xmlInvalid, rule: "LogoutMessage", wanted: "one SAMLRequest or one SAMLResponse")
        }
    }
}
