import Foundation
import Synchronization
import Workspaces

@testable import ReverseProxy

/// The storage behind a directory: sessions that a test puts in and takes out.
final class TestSessions: Sendable {
    struct StorageIsAway: Error {}

    struct State {
        var sessions: [SessionTokenHash: Session] = [:]
        var isAway = false
        /// How long each reading takes, however many sessions it is for.
        var delay = Duration.zero
        var readings = 0
        /// How many sessions were read.
        var loads = 0
        var activities: [SessionActivity] = []
    }

    let state = Mutex(State())
    /// What signs the tokens of the sessions.
    let tokens = TestTokens()

    var loads: Int { self.state.withLock { $0.loads } }
    var readings: Int { self.state.withLock { $0.readings } }

    func load(_ hash: SessionTokenHash) throws -> Session? {
        try self.state.withLock { state in
            state.loads += 1
            if state.isAway { throw StorageIsAway() }
            return state.sessions[hash]
        }
    }

    /// Reads sessions together, as storage does.
    func load(_ hashes: [SessionTokenHash]) throws -> [SessionTokenHash: Result<Session, any Error>] {
        var sessions: [SessionTokenHash: Result<Session, any Error>] = [:]
        for hash in hashes { sessions[hash] = try self.load(hash).map { .success($0) } }
        return sessions
    }

    func directory(
        settings: SessionDirectory.Settings = .patient,
        identityHeaders: IdentityHeaders = .forwarded,
        clock: DirectoryClock = .system
    ) -> SessionDirectory {
        SessionDirectory(
            settings: settings,
            identityHeaders: identityHeaders,
            clock: clock,
            tokens: self.tokens.source
        ) { hashes in
            let delay = self.state.withLock { state in
                state.readings += 1
                return state.delay
            }
            if delay > .zero { try await Task.sleep(for: delay) }
            return try self.load(hashes)
        } recordActivity: { activities in
            self.state.withLock { $0.activities.append(contentsOf: activities) }
        }
    }

    /// Signs somebody in and gives the cookie's value and the session.
    @discardableResult
    func signIn(
        role: String = "LABELER",
        workspaceID: WorkspaceID = .random(),
        company: String = "company-a",
        displayName: String = "Ann Example",
        groups: [String] = [],
        now: Date = Date(),
        maxAge: TimeInterval = 3_600,
        maxIdle: Duration = .seconds(3_600)
    ) throws -> (cookie: String, session: Session) {
        let token = SessionToken.random()
        guard let company = CompanyID(company), let email = Email("ann@company-a.example"), let role = Role(role)
        else { throw StorageIsAway() }
        let session = Session(
            id: .random(),
            tokenHash: token.hash,
            workspaceID: workspaceID,
            companyID: company,
            userID: .random(),
            email: email,
            displayName: displayName,
            role: role,
            groups: groups,
            authenticatedAt: now,
            expiresAt: now.addingTimeInterval(maxAge),
            maxIdle: maxIdle
        )
        self.state.withLock { $0.sessions[token.hash] = session }
        return (token.cookieValue, session)
    }

    func revoke(_ session: Session) {
        self.state.withLock { $0.sessions[session.tokenHash] = nil }
    }
}

extension SessionDirectory.Settings {
    /// The usual settings for a machine that is too busy to load a session within two seconds.
    static var patient: SessionDirectory.Settings { SessionDirectory.Settings(loadTimeout: .seconds(300)) }
}
