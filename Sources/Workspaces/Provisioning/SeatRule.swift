/// Whoever becomes an active member needs a free seat (behavior C1, C2).
enum SeatRule {
    /// Checks the step from one membership to another.
    ///
    /// - Throws: ``RefusalCode/seatLimit``. Somebody who is active already stays, even over a limit that was lowered.
    static func check(
        from old: Membership?,
        to new: Membership,
        facts: SignInFacts
    ) throws(SignInRefusal) {
        guard new.state == .active, old?.state != .active else { return }
        guard let seats = facts.configured.workspace.seats, facts.activeMembers >= seats else { return }
        throw SignInRefusal(.seatLimit, consequence: .reportSeatLimit(seats: seats))
    }
}
