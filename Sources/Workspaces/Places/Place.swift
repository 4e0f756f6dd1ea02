/// A space or a project of a workspace: what its members are put into (behavior G4 to G6).
package enum Place: Hashable, Sendable, CustomStringConvertible {
    /// Which of the two.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A collection of projects.
        case space
        /// A project.
        case project
    }

    /// A collection of projects.
    case space(SpaceID)
    /// A project.
    case project(ProjectID)

    /// Takes an identifier as it is typed.
    ///
    /// - Returns: `nil` unless the text is one that ``OpaqueIdentifier`` accepts.
    package init?(_ kind: Kind, _ text: String) {
        switch kind {
        case .space:
            guard let id = SpaceID(text) else { return nil }
            self = .space(id)
        case .project:
            guard let id = ProjectID(text) else { return nil }
            self = .project(id)
        }
    }

    /// Which of the two it is.
    package var kind: Kind {
        switch self {
        case .space: .space
        case .project: .project
        }
    }

    /// The identifier as upstreams get it.
    package var id: String {
        switch self {
        case .space(let id): id.value
        case .project(let id): id.value
        }
    }

    package var description: String { "the \(self.kind.rawValue) \(self.id)" }
}
