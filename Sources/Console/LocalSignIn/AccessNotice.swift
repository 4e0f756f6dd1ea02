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

    /// What is so now that it is done, in words; a link that anybody may have made says nothing that is not so.
    ///
    /// - Parameters:
    ///   - configured: The workspace.
    ///   - membership: Who looks.
    ///   - credential: Their passphrase.
    ///   - owner: The address of the owner.
    /// - Returns: `nil` where it is not so.
    func words(
        _ configured: ConfiguredWorkspace,
        membership: Membership,
        credential: StoredLocalCredential?,
        owner: String?
    ) -> String? {
        switch self {
        case .passphraseSet:
            return credential == nil ? nil : "You have a passphrase."
        case .passphraseRemoved:
            return credential == nil ? "You have no passphrase." : nil
        case .authenticatorSet:
            return credential?.codes == nil
                ? nil : "The authenticator app is asked for: your passphrase opens nothing without a code of it."
        case .authenticatorRemoved:
            guard let credential, credential.codes == nil else { return nil }
            return "No authenticator app is asked for."
        case .enforced:
            guard configured.identityProvider?.enabled == true, configured.workspace.localSignIn != .members else {
                return nil
            }
            return "Members come in by single sign-on alone."
        case .transferred:
            guard !membership.isOwner, let owner else { return nil }
            return "You are not the owner; \(owner) is."
        }
    }
}
