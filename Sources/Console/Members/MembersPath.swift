import GatewayHTTP
import Workspaces

/// Where the pages about people are.
struct MembersPath {
    /// The list.
    let list: String

    init(_ site: PublicSite) {
        self.list = ConsolePath.members.path(at: site)
    }

    /// The page of a person.
    func person(_ userID: UserID) -> String {
        self.list + "/" + userID.description
    }
}
