import Foundation
import Storage
import Workspaces

/// What the doctor says of workspaces that nobody administers any more (behavior A4).
struct AdministratorExamination: Sendable {
    let settings: Settings

    /// Looks at every workspace.
    func findings() async throws -> [DoctorFinding] {
        let configuration = try DoctorConnection.configuration(self.settings, role: StorageRole.operator)
        let abandoned = try await DoctorConnection.with(configuration) { pool in
            try await OperatorDirectory(pool: pool).withoutAdministrator(catalogue: self.settings.members.roles)
        }
        guard !abandoned.isEmpty else { return [.ok("administrators", "every workspace in use has one")] }
        return abandoned.map { companyID in
            .warning(
                "workspace \(companyID)",
                "it has no active administrator any more, so nobody can change its settings",
                remedy: "have its identity provider name one, or run `portico member set-role \(companyID) EMAIL"
                    + " \(self.settings.members.roles.admin)` or `portico setup-link \(companyID)`"
            )
        }
    }
}
