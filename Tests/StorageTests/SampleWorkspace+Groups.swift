import Storage
import Workspaces

extension SampleWorkspace {
    var claims: DomainClaimStore { DomainClaimStore(pool: self.storage.operators) }
    var mappings: GroupMappingStore { GroupMappingStore(pool: self.storage.operators) }

    /// Maps the group `Staff` to a role, a space and a project.
    func mapGroups() async throws {
        try await self.map(
            GroupMappingsChange(
                roles: [.init(group: "Staff", role: "REVIEWER")],
                spaces: [.init(group: "Staff", space: "radiology", title: "Radiology")],
                projects: [.init(group: "Staff", project: "42", role: "LABELER")]
            )
        )
    }

    /// Changes what groups give.
    @discardableResult
    func map(_ change: GroupMappingsChange) async throws -> [SettingDifference] {
        try await self.mappings.change(
            self.scope,
            change,
            catalogue: .standard,
            actor: .operator,
            now: Self.now
        )
    }
}
