import Workspaces

/// What the access log will tell of the request in hand; there is none while nothing is logged.
final class AccessDraft {
    let client: String
    let method: String?
    let host: String?
    let path: String?
    var session: Session?
    var sentBytes = 0

    /// Begins with what the head says.
    init(client: String, method: String, host: String, path: String) {
        self.client = client
        self.method = method
        self.host = host.isEmpty ? nil : host
        self.path = path
    }

    /// Begins for a message without a head that could be read.
    init(client: String) {
        self.client = client
        self.method = nil
        self.host = nil
        self.path = nil
    }
}
