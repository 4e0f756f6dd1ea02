/// Who administers a workspace and would come in no more by single sign-on, once guests are refused (decision 0037).
///
/// The rule is that of a sign-in, asked of the workspace as it is and as it would be.
struct GuestLockOut {
    private let administrators: [Membership]
    private let lockedOut: [Membership]

    /// Finds them.
    ///
    /// - Parameters:
    ///   - old: The workspace as it is.
    ///   - new: The workspace as it would be.
    ///   - administrators: The owner and the active administrators.
    init(from old: ConfiguredWorkspace, to new: ConfiguredWorkspace, administrators: [Membership]) {
        self.administrators = administrators
        self.lockedOut = administrators.filter { Self.admits($0, to: old) && !Self.admits($0, to: new) }
    }

    private static func admits(_ membership: Membership, to configured: ConfiguredWorkspace) -> Bool {
        do throws(SignInRefusal) {
            try DomainRule.check(membership.email, membership: membership, configured: configured)
            return true
        } catch {
            return false
        }
    }

    /// Why guests may not be refused, and what to do first; `nil` where they may: the owner, whoever asks, and at least one
    /// administrator come in as before.
    func words(for actor: AuditActor) -> String? {
        if let owner = self.lockedOut.first(where: \.isOwner) {
            return self.words(
                owner,
                "owns the workspace",
                "transfer the ownership to somebody whose address is in a domain of the workspace"
            )
        }
        if let own = self.lockedOut.first(where: { $0.email == actor.email }) {
            return self.words(
                own,
                "is your own address",
                "make somebody an administrator whose address is in a domain of the workspace, and have them refuse guests"
            )
        }
        guard let last = self.lockedOut.first, self.lockedOut.count == self.administrators.count else { return nil }
        return self.words(
            last,
            "is the address of the last administrator",
            "make somebody an administrator whose address is in a domain of the workspace"
        )
    }

    private func words(_ person: Membership, _ standing: String, _ otherwise: String) -> String {
        "\(person.email.value) \(standing), and is in no domain of the workspace: once guests are refused, this person signs in"
            + " by single sign-on no more. First claim \(person.email.domain) on the page “Domains”, or \(otherwise)."
    }
}
