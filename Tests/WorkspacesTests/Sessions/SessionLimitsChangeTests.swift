import Testing
import Workspaces

@Suite("S1 limits that an administrator gives")
struct SessionLimitsChangeTests {
    private static let installation = SessionLimits(maxAge: .seconds(86_400), maxIdle: .seconds(3_600))

    private func limit(_ maxAge: String, _ maxIdle: String) throws -> WorkspaceOutcome {
        let sample = try SampleSignIn()
        let administration = WorkspaceAdministration(
            configured: ConfiguredWorkspace(
                workspace: sample.workspace,
                identityProvider: nil,
                domains: sample.domains
            ),
            actor: .operator,
            now: SampleSignIn.now
        )
        return try administration.limitSessions(
            SessionLimitsChange(maxAge: maxAge, maxIdle: maxIdle),
            within: Self.installation
        )
    }

    @Test("S1 minutes are taken, audited, and reach open sessions")
    func minutes() throws {
        let outcome = try self.limit(" 480 ", "30")
        #expect(outcome.configured.workspace.sessionMaxAge == .seconds(28_800))
        #expect(outcome.configured.workspace.sessionMaxIdle == .seconds(1_800))
        #expect(outcome.sessionEffects == [.refresh(.workspace(outcome.configured.workspace.id))])
        #expect(outcome.differences.map(\.field) == ["max_session_age", "max_time_between_activity"])
        #expect(outcome.events.map(\.action) == [.workspaceChanged])
        #expect(SessionLimitsChange(outcome.configured.workspace) == SessionLimitsChange(maxAge: "480", maxIdle: "30"))
    }

    @Test("S1 nothing leaves it to the installation")
    func empty() throws {
        let outcome = try self.limit("", " ")
        #expect(outcome.configured.workspace.sessionMaxAge == nil)
        #expect(outcome.events.isEmpty)
    }

    @Test(
        "S1 each limit has its bounds, and its mistake at its field",
        arguments: [
            ("4", "", ["max_session_age"]), ("1441", "", ["max_session_age"]),
            ("", "61", ["max_time_between_activity"]),
            ("-5", "8h", ["max_session_age", "max_time_between_activity"]),
            ("99999999999999999999", "", ["max_session_age"]),
            ("10", "11", ["max_time_between_activity"]), ("٣٠", "", ["max_session_age"]),
        ]
    )
    func bounds(_ maxAge: String, _ maxIdle: String, _ fields: [String]) throws {
        let mistakes = #expect(throws: ConfigurationMistakes.self) { try self.limit(maxAge, maxIdle) }
        #expect(mistakes?.mistakes.map(\.field) == fields)
    }
}
