import GatewayHTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Storage
import Workspaces

/// The audit log of the workspace: who did what, and what was refused, with a filter, and as a file.
struct AuditLogEndpoint: Sendable {
    let service: Console

    /// How many events one page shows.
    private static let pageLength = 100
    /// How many of the newest events a file has at most.
    private static let fileLength = 10_000

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let path = ConsolePath.auditLog.path(at: self.service.pages.site)
        router.get(RouterPath(path)) { request, _ in
            try await self.service.gate.showPeople(request) { visit in try await self.page(visit, request) }
        }
        router.get(RouterPath(path + ".csv")) { request, _ in
            try await self.file(request, .csv)
        }
        router.get(RouterPath(path + ".json")) { request, _ in
            try await self.file(request, .json)
        }
    }

    private func page(_ visit: SettingsVisit, _ request: Request) async throws -> Response {
        let query = FormDecoder.decodeQuery(of: request)
        let filter = try AuditFilter(query)
        let position = try query.optionalValue("from").flatMap { Int($0) }
        let events = try await self.service.audit.page(
            visit.scope,
            filter: filter,
            from: position,
            limit: Self.pageLength
        )
        let page = AuditLogPage(
            visit,
            renderer: self.service.renderer,
            filter: filter,
            events: events,
            chain: try await self.service.audit.chainStatus(visit.scope, with: self.service.secrets),
            now: self.service.now()
        )
        return self.service.renderer.response(page, with: .auditLog)
    }

    private func file(_ request: Request, _ format: AuditFile.Format) async throws -> Response {
        try await self.service.gate.showPeople(request) { visit in
            let filter = try AuditFilter(FormDecoder.decodeQuery(of: request))
            let entries = try await self.service.audit.entries(visit.scope, filter: filter, limit: Self.fileLength)
            let file = AuditFile(entries, companyID: visit.configured.workspace.companyID)
            return Response(
                status: .ok,
                headers: [
                    .contentType: format.contentType,
                    .contentDisposition: "attachment; filename=\"\(file.name(format))\"",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: try file.bytes(format)))
            )
        }
    }
}

extension AuditFilter {
    /// Reads the filter of a link; an action that there is none of filters nothing.
    init(_ query: Form) throws(RequestRefusal) {
        let email = try query.optionalValue("email") ?? ""
        self.init(
            action: try query.optionalValue("action").flatMap { AuditAction(rawValue: $0) },
            email: email.isEmpty ? nil : email,
            isRefusalsOnly: query.contains("refused")
        )
    }
}
