/// Why an administrative change is not made, in words for whoever asked for it.
package enum AdministrationRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The person has no membership in the workspace.
    case notAMember
    /// The person is a member already, or registered, or locked out.
    case alreadyAMember(MembershipState)
    /// The installation has no such role; these are the ones it has.
    case unknownRole(String, known: [Role])
    /// The identity provider alone manages the roles of the workspace (behavior A1).
    case managedByIdentityProvider
    /// The person owns the workspace (behavior A3, R7).
    case owner
    /// The person is the only active administrator (behavior A3).
    case lastAdmin
    /// Only the owner gives the ownership away.
    case notTheOwner
    /// Only an active administrator can become the owner.
    case notAnActiveAdmin
    /// The address is in no claimed domain, and guests are not allowed (behavior D3, D4).
    case emailDomainRefused(EmailDomain)
    /// Every seat is taken (behavior C2).
    case seatLimit(Int)
    /// As many people are invited and have not come in as may be.
    case tooManyInvitations(Int)
    /// The identity provider alone manages spaces, or who is in projects (behavior A1).
    case placesManagedElsewhere(Place.Kind)
    /// The workspace has no such space or project.
    case unknownPlace(Place)
    /// Members are in the space or project, or groups open it.
    case placeInUse(Place, members: Int, groups: Int)
    /// There is no such role in a project.
    case unknownProjectRole(String)
    /// What the person would have is more than fits into headers.
    case tooManyAssignments
    /// SAML cannot be switched on before somebody filled in the form.
    case samlNotConfigured
    /// SAML cannot be switched on without a claimed domain (behavior T5).
    case domainNotClaimed
    /// SAML is on, and this is the last domain that is claimed (behavior T5).
    case lastDomain(EmailDomain)
    /// Without it an administrator would come in no more: who, and what to do first (behavior A3).
    case administratorLockedOut(String)
    /// SAML is off, and no other administrator can sign in with a passphrase.
    case lastPassphrase
    /// SAML is off, and whoever shall own the workspace could not get in.
    case successorLockedOut(Email)
    /// The owner came in with a passphrase that goes with the ownership, so nothing shows that anybody gets in without one.
    case singleSignOnNotShown(Email)

    /// The code for scripts and the audit log; `nil` where section 4 of the behavior has none.
    package var code: RefusalCode? {
        switch self {
        case .notAMember, .alreadyAMember, .unknownRole, .tooManyInvitations, .unknownPlace, .placeInUse,
            .unknownProjectRole, .tooManyAssignments, .lastPassphrase, .successorLockedOut, .singleSignOnNotShown:
            nil
        case .notTheOwner, .notAnActiveAdmin: .roleNotAllowed
        case .managedByIdentityProvider, .placesManagedElsewhere: .managedByIdP
        case .owner, .lastAdmin, .administratorLockedOut: .lastAdmin
        case .emailDomainRefused: .emailDomainRefused
        case .seatLimit: .seatLimit
        case .samlNotConfigured: .samlNotEnabled
        case .domainNotClaimed, .lastDomain: .domainNotClaimed
        }
    }

    /// Which of those it is that have one code, in a word for the audit log; `nil` where the code says it.
    var reason: String? {
        switch self {
        case .owner: "owner"
        case .notTheOwner: "not_the_owner"
        case .notAnActiveAdmin: "not_an_active_admin"
        case .notAMember, .alreadyAMember, .unknownRole, .managedByIdentityProvider, .lastAdmin, .emailDomainRefused,
            .seatLimit, .tooManyInvitations, .placesManagedElsewhere, .unknownPlace, .placeInUse, .unknownProjectRole,
            .tooManyAssignments, .samlNotConfigured, .domainNotClaimed, .lastDomain, .administratorLockedOut,
            .lastPassphrase, .successorLockedOut, .singleSignOnNotShown:
            nil
        }
    }

    /// What is wrong and what to do, in one line.
    package var description: String {
        switch self {
        case .notAMember:
            "This address is not a member of the workspace; invite it first."
        case .alreadyAMember(.notActivated):
            "This address is registered already and waits for a role; set its role instead."
        case .alreadyAMember(.deactivated):
            "This address is a member already and deactivated; reactivate it instead."
        case .alreadyAMember:
            "This address is a member already; set its role instead."
        case .unknownRole(let name, let known):
            "“\(name)” is not a role; the roles are \(known.map(\.name).joined(separator: ", "))."
        case .managedByIdentityProvider:
            "Roles are managed by the identity provider; change the person’s roles or groups there, and the next sign-in"
                + " brings them here."
        case .owner:
            "This is the owner of the workspace; transfer the ownership first."
        case .lastAdmin:
            "This is the last active administrator of the workspace; make somebody else an administrator first."
        case .notTheOwner:
            "Only the owner of the workspace, or the people who run this service, can transfer the ownership."
        case .notAnActiveAdmin:
            "Only an active administrator can become the owner; make this person one first."
        case .emailDomainRefused(let domain):
            "\(domain) is not a domain of this workspace; claim it, or allow guests on the page “Joining” of the settings, before"
                + " inviting from it."
        case .seatLimit(1):
            "The one seat of the workspace is taken; deactivate somebody or raise the number of seats."
        case .seatLimit(let seats):
            "All \(seats) seats of the workspace are taken; deactivate somebody or raise the number of seats."
        case .tooManyInvitations(let maximum):
            "\(maximum) people are invited and have not come in, which is as many as may be; withdraw some invitations, or"
                + " wait until people have come in."
        case .placesManagedElsewhere(.space):
            "Spaces are managed by the identity provider; change the person’s groups there, and the next sign-in brings them here."
        case .placesManagedElsewhere(.project):
            "Members of projects are managed by the identity provider; change the person’s groups there, and the next sign-in"
                + " brings them here."
        case .unknownPlace(let place):
            "There is no \(place.kind.rawValue) \(place.id) in the workspace; make it first."
        case .placeInUse(let place, let members, let groups):
            Self.inUse(place, members: members, groups: groups)
        case .unknownProjectRole(let name):
            ProjectRole.mistake(name)
        case .tooManyAssignments:
            "With this one, the person’s groups, spaces and projects would not fit into headers; take the person out of others"
                + " first."
        case .samlNotConfigured:
            "The workspace has no identity provider yet; configure SAML first."
        case .domainNotClaimed:
            "The workspace has claimed no domain; claim one before enabling SAML."
        case .lastDomain(let domain):
            "Single sign-on is on, and \(domain) is the last domain: without it everybody would be refused. Claim another one"
                + " first, or have whoever runs Portico switch single sign-on off, with “portico saml disable”."
        case .administratorLockedOut(let words):
            words
        case .lastPassphrase:
            "Single sign-on is off, and no other administrator has a passphrase: without yours nobody could get in any more,"
                + " but by a setup link from whoever runs Portico. Switch single sign-on on first, or change the passphrase."
        case .successorLockedOut(let email):
            "Single sign-on is off, and only the owner may have a passphrase here. \(email.value) has none, so nobody could get in"
                + " any more. Switch single sign-on on first, or have whoever runs Portico transfer the ownership and make a link"
                + " for a passphrase."
        case .singleSignOnNotShown(let email):
            "You signed in with a passphrase, which goes with the ownership, and \(email.value) has none: if single sign-on does"
                + " not work, nobody gets in any more. Sign in by single sign-on first, which shows that it works, then transfer."
        }
    }

    /// Who is in a place and which groups open it, without what there is none of, and what to do about each.
    private static func inUse(_ place: Place, members: Int, groups: Int) -> String {
        let number = { (count: Int, one: String, many: String) in count == 1 ? one : "\(count) \(many)" }
        var holds: [String] = []
        var remedies: [String] = []
        if members > 0 {
            holds.append(number(members, "one member", "members"))
            remedies.append("take \(members == 1 ? "the member" : "the members") out of \(place)")
        }
        if groups > 0 {
            holds.append(number(groups, "one group that opens it", "groups that open it"))
            remedies.append("remove \(groups == 1 ? "the mapping of the group" : "the mappings of the groups")")
        }
        return "It still has \(holds.joined(separator: " and ")); \(remedies.joined(separator: " and ")) first."
    }
}
