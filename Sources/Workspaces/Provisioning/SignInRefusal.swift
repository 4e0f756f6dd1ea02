/// Why a rule of provisioning refuses, and what the refusal does all the same.
struct SignInRefusal: Error, Hashable, Sendable {
    /// What a refusal changes.
    enum Consequence: Hashable, Sendable {
        /// Nothing.
        case nothing
        /// The person's sessions in this workspace end, because what they rest on is gone (behavior R4, rulings 25).
        case revokeSessions
        /// The person is registered and waits for a role (behavior M3).
        case register(MembershipChange)
        /// The member is locked out until the identity provider says otherwise, and the person's sessions end
        /// (behavior G3).
        case deactivate(MembershipChange, leavesNoAdmin: Bool)
        /// The administrators are told (behavior C2).
        case reportSeatLimit(seats: Int)
    }

    /// The code for people and the audit log.
    let code: RefusalCode
    /// What the refusal changes.
    let consequence: Consequence

    init(_ code: RefusalCode, consequence: Consequence = .nothing) {
        self.code = code
        self.consequence = consequence
    }
}
