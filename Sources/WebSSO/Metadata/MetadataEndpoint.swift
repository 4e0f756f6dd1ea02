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
/// A workspace has metadata before it has SAML, since the identity provider is set up with it first.
struct MetadataEndpoint: Sendable {
    let service: WebSSO

    private var site: PublicSite { self.service.pages.site }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.site.prefix + "/saml/metadata")) { _, _ in self.shared() }
        router.get(RouterPath(self.site.prefix + "/saml/:companyID/metadata")) { _, context in
            try await self.own(context)
        }
    }

    private func shared() -> Response {
        Self.response(
            SPMetadata(
                entityID: self.service.configuration.spIssuer,
                assertionConsumerService: self.site.sharedAssertionConsumerService
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
                assertionConsumerService: self.site.assertionConsumerService(of: configured.workspace)
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
