import FoundationEssentials
import GatewayHTTP
import Hummingbird
import SAML
import SAMLBindings
import Workspaces

/// What came to the assertion consumer service: the fields of the form, before the message is looked at.
struct PostedResponse {
    /// The value of `SAMLResponse`.
    let samlResponse: String
    /// The value of `RelayState`, where there is one with content.
    let relayState: String?

    /// Reads the form (saml-bindings 3.5.4): exactly one SAMLResponse, at most one RelayState, no SAMLRequest.
    ///
    /// - Throws: `xml_invalid` or `too_large`.
    init(_ request: Request) async throws {
        do {
            let form = try await FormDecoder.samlMessage.decodeBody(of: request)
            guard !form.contains("SAMLRequest") else { throw RequestRefusal.formInvalid }
            let relayState = try form.optionalValue("RelayState")
            self.samlResponse = try form.value("SAMLResponse")
            self.relayState = relayState.flatMap { $0.isEmpty ? nil : $0 }
        } catch let error as GatewayError where error == GatewayError(.tooLarge) {
            let limit = FormDecoder.samlMessage.maximumBytes
            throw ResponseRejection(.tooLarge, rule: "PostedResponse", wanted: "a form of at most \(limit) bytes")
        } catch is GatewayError {
            throw ResponseRejection(.xmlInvalid, rule: "PostedResponse", wanted: "a form")
        } catch is RequestRefusal {
            throw ResponseRejection(.xmlInvalid, rule: "PostedResponse", wanted: "one SAMLResponse, one RelayState")
        }
    }

    /// The RelayState to compare with the stored request's.
    ///
    /// Identity providers that were set up with a fixed RelayState send `{"companyId": …}` instead of ours; one that
    /// names the stored request's workspace is as good as a dropped one (behavior F3).
    func relayState(for companyID: CompanyID) -> String? {
        self.namedCompany?.folded == companyID.folded ? nil : self.relayState
    }

    /// The workspace that a RelayState of the form `{"companyId": …}` names.
    var namedCompany: CompanyID? {
        struct Named: Decodable {
            let companyId: String
        }
        guard let relayState = self.relayState, relayState.utf8.count <= 256,
            relayState.utf8.first == UInt8(ascii: "{"),
            let named = try? JSONDecoder().decode(Named.self, from: Data(relayState.utf8))
        else { return nil }
        return CompanyID(named.companyId)
    }
}
