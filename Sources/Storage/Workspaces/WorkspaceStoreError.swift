/// Why a workspace was not made or changed, beyond what the domain's rules say.
package enum WorkspaceStoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The Company ID belongs to a workspace, or belonged to one that was deleted (rulings 23).
    case companyIDTaken
    /// The workspace was deleted.
    case workspaceDeleted

    package var description: String {
        switch self {
        case .companyIDTaken:
            "This Company ID is or was another workspace's, and a Company ID is never given twice; choose another one."
        case .workspaceDeleted:
            "This workspace was deleted."
        }
    }
}
