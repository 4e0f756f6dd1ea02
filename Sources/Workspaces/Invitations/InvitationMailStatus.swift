package import FoundationEssentials

/// What became of the mail with an invitation's link.
package enum InvitationMailStatus: Hashable, Sendable {
    /// It has still to be sent; where that was tried, with the reason why it was not.
    case waiting(problem: String?)
    /// The mail server took it at this time.
    case sent(Date)
    /// It was given up, for this reason; somebody has to look.
    case failed(problem: String)
}
