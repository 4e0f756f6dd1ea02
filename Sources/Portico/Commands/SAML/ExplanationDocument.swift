import Foundation
import Storage
import Workspaces

/// What `saml explain` tells: the verdict and every check.
struct ExplanationDocument: Encodable {
    /// The workspace; nil where the response led to none.
    let companyID: String?
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
        self.init(checks, code: checks.lazy.compactMap(\.code).first, of: workspace, at: time)
    }

    /// What was kept of a sign-in, whose verdict stands beside the checks: they may be an older or a newer version's.
    init(_ attempt: SignInAttempt, of workspace: Workspace?) {
        self.init(attempt.checks, code: attempt.code, of: workspace, at: attempt.occurredAt)
    }

    private init(_ checks: [SignInCheck], code: RefusalCode?, of workspace: Workspace?, at time: Date) {
        self.companyID = workspace?.companyID.value
        self.at = time
        self.code = code?.rawValue
        self.outcome = code == nil ? "accepted" : "refused"
        self.checks = checks.map(CheckRow.init)
    }

    /// The lines for people.
    var lines: [String] { self.checks.flatMap(\.lines) }

    /// The line of a response that would be refused; nil for one that would not.
    var refusal: CommandRefusal? {
        guard let code else { return nil }
        guard let failed = self.checks.first(where: { $0.code != nil }), let remedy = failed.remedy else {
            return CommandRefusal(
                "the response is refused with \(code); which check it was is not known to this version"
            )
        }
        return CommandRefusal("the response is refused with \(code) at “\(failed.title)”. \(remedy)")
    }
}
