import PostgreSQL
import Workspaces

/// The statements about spaces and projects, whose tables are built alike.
struct PlaceStatements {
    let kind: Place.Kind

    /// The table of the places.
    var places: String { self.kind.rawValue + "s" }
    /// The column of their identifier.
    var id: String { self.kind.rawValue + "_id" }
    /// The table of who is in them.
    var members: String { "member_" + self.places }
    /// The table of the groups that open them.
    var mappings: String { self.kind.rawValue + "_mappings" }
    /// What a member is in one; nothing in a space.
    var role: SQL { self.kind == .space ? "NULL::text" : "a.role" }

    /// The columns of ``PlaceAdministration/Current`` of the place with the alias `p`.
    var current: SQL {
        """
        p.title,
            (SELECT count(*) FROM \(identifier: self.members) a WHERE a.workspace_id = portico_workspace()
                AND a.\(identifier: self.id) = p.\(identifier: self.id)) AS members,
            (SELECT count(*) FROM \(identifier: self.mappings) g WHERE g.workspace_id = portico_workspace()
                AND g.\(identifier: self.id) = p.\(identifier: self.id)) AS groups
        """
    }

    /// Reads what there is of a place.
    func find(_ place: Place) -> SQL {
        """
        SELECT \(fragment: self.current) FROM \(identifier: self.places) p
        WHERE p.workspace_id = portico_workspace() AND p.\(identifier: self.id) = \(place.id)
        """
    }

    /// Counts the places of the kind, no further than matters, and finds another space with a title.
    func facts(beside place: Place, title: String) -> SQL {
        """
        SELECT (SELECT count(*) FROM (
                SELECT 1 FROM \(identifier: self.places) WHERE workspace_id = portico_workspace()
                LIMIT \(PlaceAdministration.maximum)) all_places) AS count,
            (SELECT space_id FROM spaces WHERE workspace_id = portico_workspace() AND title = \(title)
                AND \(self.kind == .space) AND space_id <> \(place.id)) AS namesake
        """
    }

    /// Writes what a decision came to.
    func write(_ write: PlaceOutcome.Write, _ place: Place) -> [SQL] {
        switch write {
        case .insert(let title):
            [
                """
                INSERT INTO \(identifier: self.places) (workspace_id, \(identifier: self.id), title)
                VALUES (portico_workspace(), \(place.id), \(title))
                """
            ]
        case .retitle(let title):
            [
                """
                UPDATE \(identifier: self.places) SET title = \(title)
                WHERE workspace_id = portico_workspace() AND \(identifier: self.id) = \(place.id)
                """
            ]
        case .delete:
            [
                """
                DELETE FROM \(identifier: self.places)
                WHERE workspace_id = portico_workspace() AND \(identifier: self.id) = \(place.id)
                """
            ]
        case .nothing:
            []
        }
    }

    /// Writes what a decision about a member came to.
    func write(_ write: AssignmentOutcome.Write, _ place: Place, of userID: UserID) -> [SQL] {
        switch write {
        case .nothing: []
        case .withdraw: [self.withdraw(place, userID)]
        case .assign(let role):
            switch self.kind {
            case .space:
                [
                    self.withdraw(place, userID),
                    """
                    INSERT INTO member_spaces (workspace_id, user_id, space_id, source)
                    VALUES (portico_workspace(), \(userID.uuid), \(place.id), 'manual')
                    """,
                ]
            case .project:
                [
                    self.withdraw(place, userID),
                    """
                    INSERT INTO member_projects (workspace_id, user_id, project_id, role, source)
                    VALUES (portico_workspace(), \(userID.uuid), \(place.id), \(role.rawValue), 'manual')
                    """,
                ]
            }
        }
    }

    private func withdraw(_ place: Place, _ userID: UserID) -> SQL {
        """
        DELETE FROM \(identifier: self.members)
        WHERE workspace_id = portico_workspace() AND user_id = \(userID.uuid) AND \(identifier: self.id) = \(place.id)
        """
    }
}

extension PlaceAdministration.Current {
    /// Reads a row that has ``PlaceStatements/current``.
    init(_ row: Row) throws {
        self.init(
            title: try row.optional("title"),
            members: try row.value("members"),
            groups: try row.value("groups")
        )
    }
}
