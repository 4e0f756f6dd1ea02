import Foundation
import Workspaces

/// What `saml explain` tells: the verdict and every check.
struct ExplanationDocument: Encodable {
    let companyID: String
    let at: Date
    let outcome: String
    let code: String?
    let checks: [CheckRow]

    private enum CodingKeys: String, CodingKey {
        case companyID = "companyId"
        case at
        case outcome
        case code
        case checks
    }

    init(_ checks: [SignInCheck], of workspace: Workspace, at time: Date) {
        self.companyID = workspace.companyID.value
        self.at = time
        self.code = checks.lazy.compactMap(\.code).first?.rawValue
        self.outcome = self.code == nil ? "accepted" : "refused"
        self.checks = checks.map(CheckRow.init)
    }

    /// The lines for people.
    var lines: [String] { self.checks.flatMap(\.lines) }

    /// The line of a response that would be refused; nil for one that would not.
    var refusal: CommandRefusal? {
        guard let failed = self.checks.first(where: { $0.code != nil }), let code, let remedy = failed.remedy else {
            return nil
        }
        return CommandRefusal("the response is refused with \(code) at “\(failed.title)”. \(remedy)")
    }
}
