internal import SAML

/// What a workspace makes of a checked assertion, told step by step.
///
/// Nothing is decided here: the outcome is ``ProvisioningDecision``'s, whose steps run one after the other, so that its
/// code says which of them refused and which ones passed before it.
extension SignInCheck {
    /// The line of an assertion that names somebody.
    package static func email(_ identity: AssertedIdentity) -> SignInCheck {
        SignInCheck(
            .email,
            .passed,
            wanted: Self.wantedEmail(in: identity.attributeNames.email),
            got: .personal(identity.email.value)
        )
    }

    /// The line of an assertion that names nobody.
    package static func email(_ rejection: AssertedIdentityRejection) -> SignInCheck {
        let (attribute, got): (String, CheckEvidence) =
            switch rejection {
            case .emailMissing(let attribute): (attribute, .open("no value"))
            case .emailAmbiguous(let attribute, let count): (attribute, .open("\(count) different values"))
            case .emailInvalid(let attribute, let text?): (attribute, .personal(text))
            case .emailInvalid(let attribute, nil): (attribute, .open("a value that holds elements"))
            }
        return SignInCheck(.email, refusing: rejection.code, wanted: Self.wantedEmail(in: attribute), got: got)
    }

    /// The lines of what was decided about the person.
    ///
    /// - Parameters:
    ///   - outcome: What was decided.
    ///   - identity: The person that the assertion names.
    ///   - facts: What it was decided upon.
    ///   - catalogue: The roles of the installation.
    /// - Returns: The steps that were come to, in their order.
    package static func provisioning(
        _ outcome: ProvisioningOutcome,
        identity: AssertedIdentity,
        facts: SignInFacts,
        catalogue: RoleCatalogue
    ) -> [SignInCheck] {
        let made = [
            Self.emailDomain(identity, facts), Self.roles(identity, facts, catalogue), Self.membership(facts),
            Self.seat(facts),
        ]
        guard case .refused(let code, _, _) = outcome else { return made }
        let refusal = Self.refusal(by: code)
        guard let last = made.firstIndex(where: { $0.name == refusal.name }) else { return [refusal] }
        return made[..<last]
            + [Self.groups(identity, facts, refusing: code) ?? made[last]]
            .map { SignInCheck(refusal.name, refusal.outcome, wanted: $0.wanted, got: $0.got) }
    }

    /// The line of a refusal that is told by its code alone.
    package static func refusal(by code: RefusalCode) -> SignInCheck {
        switch code {
        case .emailDomainRefused: SignInCheck(.emailDomain, refusing: code)
        case .rolesMissing, .rolesNoMatch, .rolesTooLarge, .noGroupMatch: SignInCheck(.roles, refusing: code)
        case .notRegistered, .invitationRequired, .awaitingRole, .membershipDeactivated:
            SignInCheck(.membership, refusing: code)
        case .seatLimit: SignInCheck(.seat, refusing: code)
        case .replayed:
            SignInCheck(
                .replay,
                refusing: code,
                wanted: "an assertion that was not used before",
                got: .open("one that was")
            )
        case .requestUnknownOrUsed, .relayStateEmpty, .unsolicitedRefused:
            SignInCheck(
                .storedRequest,
                refusing: code,
                wanted: "a request that waits for its response",
                got: .open("one that was used meanwhile")
            )
        case _:
            // Disabled, or another identity provider than the one under which the response was checked.
            SignInCheck(
                .samlSettings,
                refusing: code,
                wanted: "the enabled settings under which the response was checked",
                got: .open("others")
            )
        }
    }

    // MARK: - Steps

    private static func wantedEmail(in attribute: String) -> String {
        "exactly one address in the attribute “\(attribute)”"
    }

    private static func emailDomain(_ identity: AssertedIdentity, _ facts: SignInFacts) -> SignInCheck {
        let domains = facts.configured.domains.map(\.value).joined(separator: ", ")
        let guests = facts.configured.workspace.allowGuests ? ", or an invited guest" : ""
        return SignInCheck(
            .emailDomain,
            .passed,
            wanted: (domains.isEmpty ? "a claimed domain, of which there is none" : domains) + guests,
            got: .personal(identity.email.domain.value)
        )
    }

    private static func roles(
        _ identity: AssertedIdentity,
        _ facts: SignInFacts,
        _ catalogue: RoleCatalogue
    ) -> SignInCheck {
        let workspace = facts.configured.workspace
        guard let reading = RolesAttribute.read(of: identity, in: workspace, catalogue: catalogue) else {
            return SignInCheck(.roles, .passed, wanted: "nothing: the workspace does not read them")
        }
        let attribute = identity.attributeNames.roles
        let names = catalogue.roles.map(\.name).joined(separator: ", ")
        return SignInCheck(
            .roles,
            .passed,
            wanted: "\(workspace.companyID)_ROLE in the attribute “\(attribute)”, ROLE one of \(names)",
            got: Self.evidence(reading)
        )
    }

    /// What was wanted of the groups, where they refuse (behavior G3).
    private static func groups(
        _ identity: AssertedIdentity,
        _ facts: SignInFacts,
        refusing code: RefusalCode
    ) -> SignInCheck? {
        if code == .rolesTooLarge { return Self.size(of: identity, facts) }
        guard code == .noGroupMatch else { return nil }
        let names = identity.groups.map { "“\($0)”" }.sorted().joined(separator: " ")
        return SignInCheck(
            .roles,
            refusing: code,
            wanted: "a group that is mapped to a role, in the attribute “\(identity.attributeNames.groups)”",
            got: names.isEmpty ? .open("no group") : .personal(names, kept: "\(identity.groups.count) others")
        )
    }

    /// What was wanted of the groups, where they are too many; `nil` where the `roles` attribute is.
    private static func size(of identity: AssertedIdentity, _ facts: SignInFacts) -> SignInCheck? {
        let attribute = identity.attributeNames.groups
        guard !identity.hasTooManyGroups else {
            return SignInCheck(
                .roles,
                refusing: .rolesTooLarge,
                wanted: "at most \(GroupsAttribute.maximumNames) groups in the attribute “\(attribute)”",
                got: .open("more")
            )
        }
        let length = GroupSynchronization.assignments(identity.groups, facts: facts.groups).length
        guard length > MemberAssignments.maximumLength else { return nil }
        return SignInCheck(
            .roles,
            refusing: .rolesTooLarge,
            wanted: "groups, spaces and projects of at most \(MemberAssignments.maximumLength) bytes as headers",
            got: .open("\(length) bytes")
        )
    }

    /// How many of the values that are not of the form stand in the line.
    private static let maximumRoleExamples = 4

    private static func evidence(_ reading: RolesAttribute.Reading) -> CheckEvidence {
        switch reading {
        case .absent: return .open("no such attribute")
        case .tooLarge: return .open("more or longer values than are read")
        case .present(let attribute):
            guard attribute.matchedRoles.isEmpty else {
                return .personal(attribute.matchedRoles.map(\.name).joined(separator: ", "))
            }
            let examples = attribute.ignoredExamples.prefix(Self.maximumRoleExamples)
                .map { "“\($0)”" }.joined(separator: " ")
            return .open(
                "\(attribute.otherCompanies) for other companies, \(attribute.ignoredValues) of another form"
                    + (examples.isEmpty ? "" : ": \(examples)")
            )
        }
    }

    /// What the membership is compared with where an invitation's link was opened.
    package static let invitedPerson = "the person whom the link of the invitation is for"

    private static func membership(_ facts: SignInFacts) -> SignInCheck {
        SignInCheck(
            .membership,
            .passed,
            wanted: facts.invitedUser == nil ? "somebody who may come in" : Self.invitedPerson,
            got: .open(facts.membership.map { "a member who is \($0.state.name)" } ?? "nobody of this address")
        )
    }

    private static func seat(_ facts: SignInFacts) -> SignInCheck {
        let seats = facts.configured.workspace.seats
        return SignInCheck(
            .seat,
            .passed,
            wanted: seats.map { "one of \($0) seats" } ?? "nothing: seats are not limited",
            got: seats.map { _ in .open("\(facts.activeMembers) taken") }
        )
    }
}
