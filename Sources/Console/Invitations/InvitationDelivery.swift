/// How an invited person gets the link.
package enum InvitationDelivery: Hashable, Sendable {
    /// Whoever invites sends it: it is shown to them.
    case link
    /// By a mail of Portico's.
    case mail
}
