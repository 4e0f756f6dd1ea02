import GatewayHTTP
import Storage
import Workspaces

/// What was just done on the page about ways in.
enum AccessNotice: String {
    case passphraseSet = "passphrase-set"
    case passphraseRemoved = "passphrase-removed"
    case authenticatorSet = "authenticator-set"
    case authenticatorRemoved = "authenticator-removed"
    case enforced
    case transferred

    /// Reads what a link says was done; nil for a link that says nothing.
    init?(_ query: Form) {
        self.init(rawValue: (try? query.optionalValue("done")) ?? "")
    }

    /// What was done, in words; a link that anybody may have made says nothing that is not so.
    func words(_ workspace: Workspace, membership: Membership, credential: StoredLocalCredential?) -> String? {
        let hasCodes = credential?.codes != nil
        let isSo =
            switch self {
            case .passphraseSet: credential != nil
            case .passphraseRemoved: credential == nil
            case .authenticatorSet: hasCodes
            case .authenticatorRemoved: credential != nil && !hasCodes
            case .enforced: workspace.localSignIn != .members
            case .transferred: !membership.isOwner
            }
        return isSo ? self.words : nil
    }

    private var words: String {
        switch self {
        case .passphraseSet:
            "The passphrase is set. Every other session that was opened with an earlier one has ended."
        case .passphraseRemoved:
            "The passphrase is removed, and with it the authenticator app, if there was one."
        case .authenticatorSet:
            "The authenticator app is set up. From now on your passphrase opens nothing without a code of it."
        case .authenticatorRemoved:
            "The authenticator app is removed. Your passphrase alone signs you in."
        case .enforced:
            "Members come in by single sign-on alone from now on."
        case .transferred:
            "The ownership is transferred. You are still an administrator."
        }
    }
}
