import FoundationEssentials
import Workspaces

/// What a past sign-in would come to with the mappings of the form, beside what is now: the names that the template uses.
struct ShownPreview {
    /// One thing that the person has, and would have.
    struct Fact {
        let label: String
        let words: String
    }

    let heading: String
    let facts: [Fact]

    init(_ preview: GroupPreview, of seen: SeenSignIn, in workspace: Workspace) {
        let (before, after) = (preview.assignmentsBefore, preview.assignmentsAfter)
        self.heading = "What \(preview.before.email.value) would get"
        self.facts = [
            Fact(label: "Sign-in", words: Self.outcome(preview)),
            Fact(label: "Role", words: Self.role(preview)),
            Fact(label: "Spaces", words: Self.change(Self.list(before.spaceNames), Self.list(after.spaceNames))),
            Fact(label: "Projects", words: Self.change(Self.projects(before), Self.projects(after))),
            Fact(label: "Groups with a mapping", words: Self.list(preview.mapped.map(\.value))),
            Fact(label: "Groups without one", words: Self.list(preview.unmapped.map(\.value))),
            Fact(label: "Roles attribute", words: Self.attribute(seen, workspace)),
            Fact(label: "By the sign-in of", words: ReadableDate.time(seen.seenAt)),
        ]
    }

    private static func outcome(_ preview: GroupPreview) -> String {
        guard let refusal = preview.refusal else { return "The person comes in" }
        let reason =
            switch refusal {
            case .noGroupMatch: "no group gives a role, and groups alone give roles here"
            case .rolesMissing: "the roles attribute was not sent, and nobody comes in without it here"
            case .rolesNoMatch: "the roles attribute names no role of this workspace"
            case .membershipDeactivated: "the person is deactivated"
            case .awaitingRole: "nothing gives the person a role"
            case .seatLimit: "every seat is taken"
            case .emailDomainRefused: "the address is in no domain of this workspace"
            case .rolesTooLarge: "what the groups give does not fit into headers"
            case _: "the rules refuse it"
            }
        let lockedOut = preview.after.state != preview.before.state ? ", and is locked out from then on" : ""
        return "The person is turned away: \(reason) (\(refusal.rawValue))\(lockedOut)"
    }

    private static func role(_ preview: GroupPreview) -> String {
        let words = self.change(preview.before.role?.name ?? "none", preview.after.role?.name ?? "none")
        switch preview.keptRole {
        case .owner: return words + ": the owner’s role is not the identity provider’s to change"
        case .lastAdmin: return words + ": the last administrator keeps the role"
        case nil: break
        }
        guard preview.refusal == nil else { return words }
        return words + ", " + MemberWords.source(preview.after.roleSource)
    }

    private static func attribute(_ seen: SeenSignIn, _ workspace: Workspace) -> String {
        guard workspace.rolesMode != .off else { return "not read here" }
        guard let roles = seen.roles else { return "not known of that sign-in; the person’s role is taken for it" }
        return roles.isEmpty ? "not sent" : self.list(roles)
    }

    /// What is now, and what would be then.
    private static func change(_ now: String, _ then: String) -> String {
        now == then ? "\(now), as now" : "\(now) → \(then)"
    }

    private static func projects(_ assignments: MemberAssignments) -> String {
        self.list(
            assignments.projectAssignments.map { project in
                project.role.map { "\(project.id) as \($0.name)" } ?? project.id
            }
        )
    }

    private static func list(_ texts: [String]) -> String {
        texts.isEmpty ? "none" : texts.map(PrintableText.escaped).joined(separator: ", ")
    }
}
