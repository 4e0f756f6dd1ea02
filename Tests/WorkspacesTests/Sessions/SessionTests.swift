import FoundationEssentials
import Testing
import Workspaces

@Suite("sessions")
struct SessionTests {
    private let now = SampleSignIn.now

    @Test(
        "S1 the least of the limits ends a session",
        arguments: [
            (nil, 86_400.0), (3_600, 3_600), (200_000, 86_400), (86_400, 86_400), (-5, -5),
        ] as [(Double?, Double)]
    )
    func expiry(_ identityProviderLimit: Double?, _ expected: Double) {
        let limits = SessionLimits(maxAge: .seconds(86_400), maxIdle: .seconds(3_600))
        let expiry = limits.expiry(
            authenticatedAt: self.now,
            sessionNotOnOrAfter: identityProviderLimit.map(self.now.addingTimeInterval)
        )
        #expect(expiry == self.now.addingTimeInterval(expected))
    }

    @Test("S1 of the limits of workspace and installation the least counts")
    func overridden() throws {
        let limits = SessionLimits(maxAge: .seconds(86_400), maxIdle: .seconds(3_600))
        var workspace = try SampleSignIn().workspace
        #expect(limits.overridden(by: workspace) == limits)
        workspace.sessionMaxAge = .seconds(60)
        #expect(limits.overridden(by: workspace) == SessionLimits(maxAge: .seconds(60), maxIdle: .seconds(3_600)))
        workspace.sessionMaxIdle = .seconds(30)
        #expect(limits.overridden(by: workspace) == SessionLimits(maxAge: .seconds(60), maxIdle: .seconds(30)))
        workspace.sessionMaxAge = .seconds(86_401)
        workspace.sessionMaxIdle = .seconds(3_601)
        #expect(limits.overridden(by: workspace) == limits)
    }

    @Test(
        "S1 validity is a function of the time",
        arguments: [
            (0.0, 0.0, SessionValidity.valid), (899, 0, .valid), (900, 0, .idle), (1_500, 700, .valid),
            (1_599, 700, .valid), (1_600, 700, .idle), (3_599.5, 3_500, .valid), (3_600, 3_599, .expired),
            (3_600, 0, .expired), (100_000, 99_999, .expired),
        ] as [(Double, Double, SessionValidity)]
    )
    func validity(_ age: Double, _ lastSeen: Double, _ expected: SessionValidity) throws {
        var session = try self.session()
        session.lastSeenAt = self.now.addingTimeInterval(lastSeen)
        #expect(session.validity(at: self.now.addingTimeInterval(age)) == expected)
    }

    @Test("S1 a fresh session was last seen at its sign-in")
    func fresh() throws {
        #expect(try self.session().lastSeenAt == self.now)
    }

    @Test("S2 notifications are read as they were written")
    func invalidation() {
        let (workspace, user, session) = (WorkspaceID.random(), UserID.random(), SessionID.random())
        for invalidation in [
            SessionInvalidation.session(session), .member(workspace, user), .workspace(workspace),
        ] {
            #expect(SessionInvalidation(payload: invalidation.payload) == invalidation)
        }
    }

    @Test(
        "S2 other payloads are not understood",
        arguments: [
            "", "session", "session x", "member 6f7c2f5e-31c7-4b1c-9ea4-07c7e92f6cf0", "workspace", "everything",
            "session 6f7c2f5e-31c7-4b1c-9ea4-07c7e92f6cf0 ", "workspace  6f7c2f5e-31c7-4b1c-9ea4-07c7e92f6cf0",
        ]
    )
    func unknownPayload(_ payload: String) {
        #expect(SessionInvalidation(payload: payload) == nil)
    }

    private func session() throws -> Session {
        Session(
            id: .random(),
            tokenHash: SessionToken.random().hash,
            workspaceID: .random(),
            companyID: try #require(CompanyID("company-a")),
            userID: .random(),
            email: try #require(Email("ann@company-a.example")),
            displayName: "Ann",
            role: try #require(Role("LABELER")),
            authenticatedAt: self.now,
            expiresAt: self.now.addingTimeInterval(3_600),
            maxIdle: .seconds(900)
        )
    }
}
