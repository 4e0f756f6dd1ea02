import Foundation
import PostgreSQL
import Storage
import Testing
import Workspaces

extension TestConsole {
    /// Adds somebody who is not signed in and answers the path of their page.
    func addMember(
        _ name: String,
        state: String = "ACTIVE",
        origin: String? = nil,
        role: String? = "LABELER"
    ) async throws -> String {
        let userID = UUID()
        try await self.change(
            """
            INSERT INTO memberships (workspace_id, user_id, email, display_name, state, deactivation_origin, role,
                role_source, created_at)
            VALUES (\(self.scope.workspaceID.uuid), \(userID), \("\(name.lowercased())@company-a.example"), \(name),
                \(state), \(origin), \(role), 'manual', \(self.clock.now))
            """
        )
        return "/.portico/settings/members/\(userID.uuidString.lowercased())"
    }

    /// One text of the membership of somebody.
    func member(_ name: String, _ column: String) async throws -> String? {
        let email = "\(name.lowercased())@company-a.example"
        let found = try await self.database.inspection.query(
            "SELECT \(identifier: column)::text AS text FROM memberships WHERE email = \(email)"
        )
        return try found.optionalRow()?.optional("text")
    }
}
