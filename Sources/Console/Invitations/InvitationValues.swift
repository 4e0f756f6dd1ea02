/// What was typed into the form that invites.
struct InvitationValues {
    var email = ""
    /// The role's name; empty for the one that is offered first.
    var role = ""
}
