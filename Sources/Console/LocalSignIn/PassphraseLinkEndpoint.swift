import GatewayHTTP
import HTTPTypes
import Hummingbird
import Logging
import Storage
import Workspaces

/// Sets a passphrase by a link of the operator's: GET shows the form, POST sets it, once.
struct PassphraseLinkEndpoint: Sendable {
    let service: Console

    private var site: PublicSite { self.service.pages.site }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let path = RouterPath(self.site.passphraseLinkPath + "/:token")
        router.get(path) { request, context in
            let (holder, workspace, token) = try await self.link(context)
            return self.response(workspace, holder, token)
        }
        router.post(path) { request, context in try await self.set(request, context) }
    }

    private func set(_ request: Request, _ context: GatewayRequestContext) async throws -> Response {
        try CrossSiteCheck(site: self.site).check(request.headers)
        let form = try await FormDecoder.page.decodeBody(of: request)
        let (holder, workspace, token) = try await self.link(context)
        let passphrase: Passphrase
        do throws(PassphraseRule.Refusal) {
            passphrase = try PassphraseRule.check(
                (try? form.optionalValue("passphrase")) ?? "",
                repetition: (try? form.optionalValue("repetition")) ?? "",
                email: holder.membership.email,
                workspace: workspace
            )
        } catch {
            return self.response(workspace, holder, token, problem: error, status: .unprocessableContent)
        }
        let isSet = try await self.service.credentials.setPassphrase(
            byLink: token.hash,
            of: holder,
            to: try await self.service.passphrases.hash(passphrase, by: .link),
            clientAddress: context.client.description,
            now: self.service.now()
        )
        guard isSet else { throw GatewayError(.passphraseLinkUsed) }
        context.logger.warning("a passphrase was set by a link", metadata: ["workspace.id": "\(workspace.id)"])
        return self.response(workspace, holder, token, isDone: true)
    }

    /// Whose passphrase the link in the path sets.
    ///
    /// - Throws: `passphrase_link_used` for a link that sets nothing, whyever; `rate_limited`.
    private func link(
        _ context: GatewayRequestContext
    ) async throws -> (PassphraseLinkHolder, Workspace, SecretToken<PassphraseLink>) {
        let now = self.service.now()
        if let retryAfter = self.service.limiter.admit(context.client, now: now) {
            throw GatewayError(.rateLimited, retryAfter: retryAfter)
        }
        guard let token = context.parameters.get("token").flatMap({ SecretToken<PassphraseLink>($0) }),
            let holder = try await self.service.credentials.holder(ofLink: token.hash, now: now),
            let workspace = try await self.service.directory.configuredWorkspace(holder.scope)?.workspace,
            workspace.status == .enabled, workspace.localSignIn.admits(holder.membership)
        else {
            self.service.limiter.recordFailure(context.client, now: now)
            throw GatewayError(.passphraseLinkUsed)
        }
        return (holder, workspace, token)
    }

    private func response(
        _ workspace: Workspace,
        _ holder: PassphraseLinkHolder,
        _ token: SecretToken<PassphraseLink>,
        problem: PassphraseRule.Refusal? = nil,
        isDone: Bool = false,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let page = PassphraseLinkPage(
            workspace,
            email: holder.membership.email,
            token: token,
            problem: problem,
            isDone: isDone,
            renderer: self.service.renderer
        )
        return self.service.renderer.response(page, with: .passphraseLink, status: status)
    }
}
