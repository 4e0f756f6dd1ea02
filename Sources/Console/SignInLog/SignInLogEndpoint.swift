import GatewayHTTP
import Hummingbird
import Storage
import Workspaces

/// The sign-ins that are kept, a part at a time, and one with everything that was checked of it, found by the short id that
/// an error page shows.
///
/// A setup link opens the records, too: they say what to mend, and name nobody by themselves. Who it was is looked up in the
/// audit log, and the words of the identity provider may name the person; whoever sees no people is shown neither.
struct SignInLogEndpoint: Sendable {
    let service: Console

    /// How many attempts one page shows.
    private static let limit = 50

    func addRoutes(to router: Router<GatewayRequestContext>) {
        let path = RouterPath(ConsolePath.signInLog.path(at: self.service.pages.site))
        router.get(path) { request, _ in
            try await self.service.gate.show(request) { visit in
                let query = FormDecoder.decodeQuery(of: request)
                let asked = (try query.optionalValue("id") ?? "").filter { !$0.isWhitespace }
                return asked.isEmpty ? try await self.list(visit, query) : try await self.search(visit, asked)
            }
        }
    }

    private func list(_ visit: SettingsVisit, _ query: Form) async throws -> Response {
        let filter = SignInAttemptFilter(text: try query.optionalValue("show") ?? "")
        let part = try await self.service.attempts.page(
            visit.scope,
            filter: filter,
            from: try SignInAttemptPage.Position(query),
            limit: Self.limit
        )
        let page = SignInLogPage(
            visit,
            service: self.service,
            part: part,
            filter: filter,
            counts: try await self.service.attempts.counts(visit.scope)
        )
        return self.service.renderer.response(page, with: .signInLog)
    }

    private func search(_ visit: SettingsVisit, _ asked: String) async throws -> Response {
        // What can be no id is none that is kept.
        let found: [SignInAttempt] =
            if let id = TypedRequestID(asked) {
                try await self.service.attempts.attempts(visit.scope, typed: id, limit: Self.limit)
            } else { [] }
        let page = SignInLogPage(visit, service: self.service, asked: asked, found: found)
        return self.service.renderer.response(page, with: .signInLog)
    }
}

extension SignInAttemptFilter {
    /// What stands for the filter in a link; empty for the one that shows everything.
    var text: String {
        switch self {
        case .everything: ""
        case .accepted: "signed_in"
        case .refused: "refused"
        case .refusedBy(let code): code.rawValue
        }
    }

    /// Reads the filter of a link; a text that no link has filters nothing.
    init(text: String) {
        switch text {
        case Self.accepted.text: self = .accepted
        case Self.refused.text: self = .refused
        case _: self = RefusalCode(rawValue: text).map { .refusedBy($0) } ?? .everything
        }
    }
}

extension SignInAttemptPage.Position {
    /// What stands for the place in a link, by its name.
    var pair: (name: String, value: String?) {
        switch self {
        case .newest: ("before", nil)
        case .before(let id): ("before", "\(id)")
        case .after(let id): ("after", "\(id)")
        }
    }

    /// Reads the place of a link; a text that no link has means the newest.
    init(_ query: Form) throws(RequestRefusal) {
        if let id = Self.id(try query.optionalValue("before")) {
            self = .before(id)
        } else if let id = Self.id(try query.optionalValue("after")) {
            self = .after(id)
        } else {
            self = .newest
        }
    }

    /// An attempt's number as the database counts them, from 1: nothing that a sum could leave the numbers with.
    private static func id(_ text: String?) -> Int? {
        text.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }
}
