import GatewayHTTP
import SAML
import Storage
import Workspaces

extension OperatorContext {
    /// Finds the workspace that an argument names.
    ///
    /// - Throws: ``CommandRefusal`` when there is none of that name.
    func workspace(_ text: String) async throws -> ConfiguredWorkspace {
        let directory = WorkspaceDirectory(pool: self.pool)
        guard let companyID = CompanyID(typed: text),
            let found = try await directory.configuredWorkspace(companyID: companyID)
        else {
            throw CommandRefusal("there is no workspace \(text): `portico workspace list` shows those that there are")
        }
        return found
    }

    /// Finds the workspace that an argument names, also one that was deleted: its audit log outlives it (rulings 23).
    ///
    /// - Throws: ``CommandRefusal`` when there is none of that name, and was none.
    func auditedWorkspace(_ text: String) async throws -> WorkspaceScope {
        let directory = WorkspaceDirectory(pool: self.pool)
        guard let companyID = CompanyID(typed: text),
            let found = try await directory.workspaceID(everNamed: companyID)
        else {
            throw CommandRefusal("there is no workspace \(text): `portico workspace list` shows those that there are")
        }
        return WorkspaceScope(found)
    }

    /// Reads the address that an argument gives.
    func email(_ text: String) throws -> Email {
        guard let email = Email(text) else {
            throw CommandRefusal("“\(text)” is not an e-mail address: give one such as ann@company.example")
        }
        return email
    }

    /// Portico's own URLs; nil where `PUBLIC_URL` is not set.
    var site: PublicSite? {
        self.settings.publicURL.map { PublicSite(origin: $0.origin, prefix: self.settings.prefix) }
    }

    /// Whether a plain http sign-in URL on this machine is accepted (behavior T4).
    var loopbackHTTP: SignInURLRule.LoopbackHTTP {
        self.site?.isLoopbackHTTP == true ? .allowed : .refused
    }
}
