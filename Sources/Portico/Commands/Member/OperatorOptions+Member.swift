import Storage
import Workspaces

extension OperatorOptions {
    /// Lets the domain decide about one person of a workspace, writes the outcome and says what was done.
    ///
    /// - Parameters:
    ///   - companyID: The workspace, as the argument names it.
    ///   - address: The person, as the argument names it.
    ///   - attempt: What is asked for, as the audit log calls it where it is refused.
    ///   - sentence: What was done, after the address.
    ///   - decide: One of the decisions of `MemberAdministration`.
    /// - Throws: ``CommandRefusal`` when there is no such workspace or address, what `decide` throws, and the failures of
    ///   the database.
    func administerMember(
        _ companyID: String,
        _ address: String,
        as attempt: MemberChangeAttempt,
        done sentence: String,
        decide:
            @Sendable @escaping (MemberAdministration, Email, UserRegistration) throws -> MemberAdministrationOutcome
    ) async throws {
        try await self.withOperator { context in
            let found = try await context.workspace(companyID)
            let email = try context.email(address)
            let outcome = try await MembershipStore(pool: context.pool)
                .administer(context.request(attempt, of: email, in: found.workspace)) { try decide($0, email, $1) }
            guard let membership = outcome.membership else {
                try context.output.done("\(email.value) \(sentence)", ["removed": email.value])
                return
            }
            let effect = outcome.events.isEmpty ? "was so already; nothing changed" : sentence
            try context.output.done("\(email.value) \(effect)", MemberRow(membership, in: found.workspace))
        }
    }
}
