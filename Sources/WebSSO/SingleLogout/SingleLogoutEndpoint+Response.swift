import GatewayHTTP
import HTTPTypes
import Hummingbird
import SAML
import SAMLBindings
import Storage
import Workspaces
import XMLSecurity

/// Answers to logout requests of ours (saml-profiles 4.4.3.4).
extension SingleLogoutEndpoint {
    /// Tells the person how the sign-out went; their session here ended before the request was sent.
    func conclude(
        _ received: ReceivedLogoutMessage,
        headers: HTTPFields,
        at place: Place
    ) async throws -> Response {
        let unknown = { (got: String?) in
            RefusedLogout(.requestUnknownOrUsed, rule: "OutstandingLogout", wanted: "a stored request", got: got)
        }
        guard let requestID = received.claimedInResponseTo else { throw unknown(nil) }
        let browserKey = self.site.cookies.browserKey(in: headers).flatMap { BrowserKey(cookieValue: $0) }
        guard let browserKey,
            let scope = try await self.service.logouts.consume(
                requestID,
                of: browserKey.hash,
                now: self.service.now()
            )
        else { throw unknown(requestID.value) }

        guard let configured = try await self.service.directory.configuredWorkspace(scope) else {
            throw RefusedLogout(.companyNotFound, rule: "Workspace")
        }
        let provider: IdentityProviderConfiguration
        do throws(RefusalCode) {
            provider = try configured.signInIdentityProvider()
        } catch {
            throw RefusedLogout(error, in: scope, rule: "Workspace")
        }
        let expected = self.site.singleLogoutService(of: configured.workspace)
        guard self.url(of: place).utf8.elementsEqual(expected.utf8) else {
            throw RefusedLogout(
                .recipientMismatch,
                in: scope,
                rule: "SingleLogoutService",
                wanted: expected,
                got: self.url(of: place)
            )
        }
        let certificates = try CertificateMemory.shared.read(provider.certificates)
        let status: Status
        do throws(ResponseRejection) {
            status = try received.validateResponse(
                self.expectations(provider, at: place),
                requestID: requestID,
                certificates: certificates
            )
        } catch {
            throw RefusedLogout(error, in: scope)
        }
        return self.service.pages.response(page: self.service.pages.signedOut(status.isComplete ? .everywhere : .here))
    }
}
