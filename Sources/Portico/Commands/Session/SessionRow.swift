import Foundation
import Storage
import Workspaces

/// One open session.
struct SessionRow: Encodable {
    let id: String
    let email: String
    let role: String
    let authenticatedAt: Date
    let lastSeenAt: Date
    let expiresAt: Date

    init(_ session: Session) {
        self.id = session.id.description
        self.email = session.email.value
        self.role = session.role.name
        self.authenticatedAt = session.authenticatedAt
        self.lastSeenAt = session.lastSeenAt
        self.expiresAt = session.expiresAt
    }
}
