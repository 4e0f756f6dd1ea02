import FoundationEssentials
import SAML
import SAMLTesting

extension ResponseDraft {
    /// Lets the assertion be valid for longer than a benchmark runs: the other contestants cannot be told the time.
    mutating func prolongAssertion(until end: Date) {
        guard let assertion = self.assertion, let subject = assertion.subject, let conditions = assertion.conditions
        else {
            return
        }
        self.assertion?.conditions = Conditions(
            notBefore: conditions.notBefore,
            notOnOrAfter: end,
            conditions: conditions.conditions
        )
        let confirmations = subject.confirmations.map { confirmation in
            SubjectConfirmation(
                method: confirmation.method,
                data: confirmation.data.map { data in
                    SubjectConfirmationData(
                        notOnOrAfter: end,
                        recipient: data.recipient,
                        inResponseTo: data.inResponseTo
                    )
                }
            )
        }
        self.assertion?.subject = Subject(nameID: subject.nameID, confirmations: confirmations)
    }
}
