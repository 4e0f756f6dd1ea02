import GatewayHTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Storage
import Workspaces

/// The audit log of the workspace: who did what, and what was refused, with a filter, as a file, and whether somebody else
/// has changed it.
struct AuditLogEndpoint: Sendable {
    let service: Console

    /// How many events one page shows.
    private static let pageLength = 100
    /// How many events of a file are read at once.
    private static let partLength = 1_000
    /// How long a look at the chain may keep a browser waiting.
    private static let patience = Duration.seconds(10)

    private var path: String { ConsolePath.auditLog.path(at: self.service.pages.site) }

    func addRoutes(to router: Router<GatewayRequestContext>) {
        router.get(RouterPath(self.path)) { request, _ in
            try await self.service.gate.showPeople(request) { visit in try await self.page(visit, request) }
        }
        router.get(RouterPath(self.path + ".csv")) { request, _ in
            try await self.file(request, .csv)
        }
        router.get(RouterPath(self.path + ".json")) { request, _ in
            try await self.file(request, .json)
        }
        router.post(RouterPath(self.path + "/check")) { request, _ in
            try await self.service.gate.changePeople(request) { visit, _ in try await self.check(visit) }
        }
    }

    private func page(_ visit: SettingsVisit, _ request: Request) async throws -> Response {
        let query = FormDecoder.decodeQuery(of: request)
        let asked = try AuditLogQuery(query)
        let position = try query.optionalValue("before").flatMap { Int($0) }
        let events =
            asked.problems.isEmpty
            ? try await self.service.audit.page(
                visit.scope,
                filter: asked.filter,
                from: position,
                limit: Self.pageLength
            ) : nil
        let page = AuditLogPage(
            visit,
            renderer: self.service.renderer,
            query: asked,
            events: events,
            chain: try await self.service.audit.chainStatus(visit.scope, with: self.service.secrets),
            notice: AuditLogPage.Notice(query),
            now: self.service.now()
        )
        return self.service.renderer.response(
            page,
            with: .auditLog,
            status: asked.problems.isEmpty ? .ok : .unprocessableContent
        )
    }

    /// Looks at the chain now, as often as its workspace may ask for that.
    private func check(_ visit: SettingsVisit) async throws -> Response {
        let workspaceID = visit.configured.workspace.id
        if let retryAfter = self.service.checkLimiter.admit(workspaceID, now: self.service.now()) {
            throw GatewayError(.rateLimited, retryAfter: retryAfter)
        }
        let isDone = try await self.service.audit.checkChain(
            visit.scope,
            with: self.service.secrets,
            patience: Self.patience,
            now: self.service.now
        )
        let notice: AuditLogPage.Notice = isDone ? .checked : .asked
        return Response(status: .seeOther, headers: [.location: self.path + "?" + notice.rawValue])
    }

    // MARK: - Files

    private func file(_ request: Request, _ file: AuditFile) async throws -> Response {
        try await self.service.gate.showPeople(request) { visit in
            let asked = try AuditLogQuery(FormDecoder.decodeQuery(of: request))
            guard asked.problems.isEmpty else { return try await self.page(visit, request) }
            return Response(
                status: .ok,
                headers: [
                    .contentType: file.contentType,
                    .contentDisposition:
                        "attachment; filename=\"\(file.name(of: visit.configured.workspace.companyID))\"",
                ],
                body: try await self.body(file, of: visit.scope, asked.filter)
            )
        }
    }

    /// All events that the filter lets through, however many: each part is written before the next is read.
    private func body(_ file: AuditFile, of scope: WorkspaceScope, _ filter: AuditFilter) async throws -> ResponseBody {
        let audit = self.service.audit
        let first = try await audit.entries(scope, filter: filter, limit: Self.partLength)
        return ResponseBody { writer in
            var part = first
            var isContinued = false
            try await writer.write(ByteBuffer(string: file.beginning))
            while true {
                try await writer.write(ByteBuffer(string: try file.text(part.entries, isContinued: isContinued)))
                isContinued = isContinued || !part.entries.isEmpty
                guard let next = part.next else { break }
                part = try await audit.entries(scope, filter: filter, from: next, limit: Self.partLength)
            }
            try await writer.write(ByteBuffer(string: file.end))
            try await writer.finish(nil)
        }
    }
}
