import Workspaces

/// What applying one entry of a file comes to.
struct WorkspacePreview: Encodable {
    /// What happens to the workspace.
    enum Action: String, Encodable {
        case create
        case change
        case unchanged
    }

    /// One setting that changes.
    struct Difference: Encodable {
        let field: String
        let old: String?
        let new: String?
    }

    let companyID: String
    let action: Action
    let differences: [Difference]
}

extension WorkspacePreview.Difference {
    init(_ difference: SettingDifference) {
        self.init(field: difference.field, old: difference.old, new: difference.new)
    }
}

extension WorkspacePreview {
    /// The preview for people: what happens, and below it every difference.
    var lines: [String] {
        let heading =
            switch self.action {
            case .create: "\(self.companyID): is made"
            case .change: "\(self.companyID): changes"
            case .unchanged: "\(self.companyID): is as the file wants it"
            }
        return [heading] + self.differences.map { "  \($0.field): \($0.old ?? "-") → \($0.new ?? "-")" }
    }
}
