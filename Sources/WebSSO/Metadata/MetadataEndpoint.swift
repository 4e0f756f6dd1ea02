import GatewayHTTP
import HTTPTypes
import Hummingbird
import NIOCore
import SAML
import SAMLBindings
import Storage
import Workspaces

/// SP metadata for administrators of identity providers: the shared document and one for each workspace (interface 3).
///
/// Both name the same keys: see `SPKeySchedule`. A workspace has metadata before it has SAML, since the identity provider is set up with it first.
struct MetadataEndpoint: Sendable {
    let service: WebSSO

    private var site: PublicSite { self.service.pages.site }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.site.prefix + "/saml/metadata")) { _, _ in try self.shared() }
        router.get(RouterPath(self.site.prefix + "/saml/:companyID/metadata")) { _, context in
            try await self.own(context)
        }
    }

    /// It is for workspaces that sign their requests and for those that do not, so it promises nothing.
    private func shared() throws -> Response {
        Self.response(
            SPMetadata(
                entityID: self.service.configuration.spIssuer,
                assertionConsumerService: self.site.sharedAssertionConsumerService,
                singleLogoutService: self.site.sharedSingleLogoutService,
                keys: try self.service.openedKeys.descriptors(at: self.service.now())
            )
        )
    }

    private func own(_ context: GatewayRequestContext) async throws -> Response {
        try self.service.admit(context)
        guard let companyID = context.parameters.get("companyID").flatMap({ CompanyID($0) }),
            let configured = try await self.service.directory.configuredWorkspace(companyID: companyID),
            configured.workspace.status == .enabled
        else {
            self.service.limiter.recordFailure(context.client, now: self.service.now())
            throw GatewayError(.companyNotFound)
        }
        return Self.response(
            SPMetadata(
                entityID: configured.workspace.spIssuer,
                assertionConsumerService: self.site.assertionConsumerService(of: configured.workspace),
                singleLogoutService: self.site.singleLogoutService(of: configured.workspace),
                keys: try self.service.openedKeys.descriptors(at: self.service.now()),
                authnRequestsSigned: configured.identityProvider?.signRequests ?? false
            )
        )
    }

    private static func response(_ metadata: SPMetadata) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: SPMetadataWriter.mediaType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: SPMetadataWriter.write(metadata)))
        )
    }
}
