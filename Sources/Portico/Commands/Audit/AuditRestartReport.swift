import Workspaces

/// What `portico audit --begin-anew --json` writes.
struct AuditRestartReport: Encodable {
    let position: Int
    let hash: String
    let defect: String

    init(_ restart: AuditRestart, _ defect: AuditDefect) {
        self.position = restart.position
        self.hash = "\(restart.hash)"
        self.defect = "\(defect)"
    }
}
