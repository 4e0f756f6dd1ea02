import Foundation
import Synchronization
import Workspaces

@testable import ReverseProxy

/// What signs the identity tokens of a directory, with a key that a test can take away or exchange.
final class TestTokens: Sendable {
    static let issuer = "https://apps.example.com"

    private let state = Mutex<(key: IdentitySigningKey?, made: Int)>((.generate(), 0))

    /// How many tokens were signed.
    var made: Int { self.state.withLock { $0.made } }

    var key: IdentitySigningKey? {
        get { self.state.withLock { $0.key } }
        set { self.state.withLock { $0.key = newValue } }
    }

    var source: IdentityTokenSource {
        IdentityTokenSource { session, audience, now in
            self.state.withLock { state in
                guard let key = state.key else { return nil }
                state.made += 1
                let claims = IdentityClaims(
                    of: session,
                    issuer: Self.issuer,
                    audience: audience,
                    tokenID: .random(),
                    now: now
                )
                return try? key.sign(claims)
            }
        }
    }
}
