import PostgreSQL
import Workspaces

extension GroupFacts {
    /// Reads the results of ``GroupStatements/facts(about:groups:)``.
    init(_ results: some Collection<QueryResult>, management: MembershipManagement) throws {
        let results = Array(results)
        guard results.count == GroupStatements.factCount else {
            throw PostgreSQLError.unexpectedRowCount(results.count)
        }
        self.init(
            mappings: try GroupMappings(results[0].rows),
            mapsRoles: try results[1].singleRow().value("maps_roles"),
            assignments: try MemberAssignments(results[2].rows),
            management: management
        )
    }
}

extension GroupMappings {
    /// Reads rows of `kind`, `group_name`, `target` and `role`.
    init(_ rows: [Row]) throws {
        self.init()
        for row in rows {
            let group = try row.value("group_name") { GroupName($0) }
            switch try row.value("kind", as: String.self) {
            case "role":
                self.roles[group] = try row.value("role") { Role($0) }
            case "space":
                self.spaces[group, default: []].insert(try row.value("target") { SpaceID($0) })
            case _:
                let project = try row.value("target") { ProjectID($0) }
                self.projects[group, default: [:]][project] = try row.value("role") { ProjectRole(rawValue: $0) }
            }
        }
    }
}

extension MemberAssignments {
    /// Reads rows of `kind`, `name`, `role` and `source`.
    fileprivate init(_ rows: [Row]) throws {
        self.init()
        for row in rows {
            switch try row.value("kind", as: String.self) {
            case "group":
                self.groups.insert(try row.value("name") { GroupName($0) })
            case "space":
                let space = try row.value("name") { SpaceID($0) }
                self.spaces[space] = try row.value("source") { AssignmentSource(rawValue: $0) }
            case _:
                let project = try row.value("name") { ProjectID($0) }
                self.projects[project] = Project(
                    role: try row.value("role") { ProjectRole(rawValue: $0) },
                    source: try row.value("source") { AssignmentSource(rawValue: $0) }
                )
            }
        }
    }
}
