/// Who administers a workspace and would come in no more by single sign-on, once guests are refused or a domain is given up
/// (decision 0037).
///
/// The rule is that of a sign-in, asked of the workspace as it is and as it would be.
struct AdministratorLockOut {
    /// What is to be done.
    enum Deed {
        /// Guests are refused.
        case refusingGuests
        /// A domain is given up.
        case givingUp(EmailDomain)
    }

    private let deed: Deed
    private let administrators: [Membership]
    private let lockedOut: [Membership]

    /// Finds them.
    ///
    /// - Parameters:
    ///   - deed: What is to be done.
    ///   - old: The workspace as it is.
    ///   - new: The workspace as it would be.
    ///   - administrators: The owner and the active administrators.
    init(
        by deed: Deed,
        from old: ConfiguredWorkspace,
        to new: ConfiguredWorkspace,
        administrators: [Membership]
    ) {
        self.deed = deed
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

    /// Why it may not be done, and what to do first; `nil` where it may: the owner, whoever asks, and at least one
    /// administrator come in as before.
    func words(for actor: AuditActor) -> String? {
        let other =
            switch self.deed {
            case .refusingGuests: "whose address is in a domain of the workspace"
            case .givingUp: "whose address is in another domain of the workspace"
            }
        if let owner = self.lockedOut.first(where: \.isOwner) {
            return self.words(owner, "owns the workspace", "transfer the ownership to somebody \(other)")
        }
        if let own = self.lockedOut.first(where: { $0.email == actor.email }) {
            return self.words(
                own,
                "is your own address",
                "make somebody an administrator \(other), and have them do this"
            )
        }
        guard let last = self.lockedOut.first, self.lockedOut.count == self.administrators.count else { return nil }
        return self.words(
            last,
            "is the address of the last administrator",
            "make somebody an administrator \(other)"
        )
    }

    private func words(_ person: Membership, _ standing: String, _ otherwise: String) -> String {
        let address = person.email.value
        return switch self.deed {
        case .refusingGuests:
            "\(address) \(standing), and is in no domain of the workspace: once guests are refused, this person signs in"
                + " by single sign-on no more. First claim \(person.email.domain) on the page “Domains”, or \(otherwise)."
        case .givingUp(let domain):
            "\(address) \(standing): without \(domain), this person signs in by single sign-on no more. First \(otherwise)."
        }
    }
}
