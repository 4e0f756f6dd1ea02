import GatewayHTTP
import Storage
import Workspaces

/// What the sign-in log shows: the names that the template uses.
struct SignInLogPage {
    /// One attempt.
    struct Attempt {
        let id: String
        let path: String
        let time: String
        let isDone: Bool
        let title: String
        let code: String?
        let remedy: String?
        let checks: [ShownCheck]
        let hasChecks: Bool
    }

    let frame: ConsoleFrame
    let path: String
    let asked: String
    let isSearch: Bool
    let isFound: Bool
    let isEmpty: Bool
    let attempts: [Attempt]

    init(_ visit: SettingsVisit, renderer: ConsoleRenderer, asked: String, attempts: [SignInAttempt]) {
        let path = ConsolePath.signInLog.path(at: renderer.site)
        self.frame = ConsoleFrame(visit, page: .signInLog, renderer: renderer)
        self.path = path
        self.asked = asked
        self.isSearch = !asked.isEmpty
        self.isFound = self.isSearch && !attempts.isEmpty
        self.isEmpty = attempts.isEmpty
        self.attempts = attempts.map { Self.attempt($0, path: path) }
    }

    private static func attempt(_ attempt: SignInAttempt, path: String) -> Attempt {
        let checks = attempt.checks.map { ShownCheck($0) }
        return Attempt(
            id: attempt.requestID.value,
            path: path + "?id=" + Self.escaped(attempt.requestID.value),
            time: ReadableDate.time(attempt.occurredAt),
            isDone: attempt.code == nil,
            title: attempt.code?.title ?? "Signed in",
            code: attempt.code?.rawValue,
            remedy: attempt.checks.lazy.compactMap(\.remedy).first,
            checks: checks,
            hasChecks: !checks.isEmpty
        )
    }

    /// An id of a proxy's may hold what means something in a query.
    private static func escaped(_ id: String) -> String {
        id.replacing("+", with: "%2B").replacing("=", with: "%3D")
    }
}
