import FoundationEssentials

/// saml-profiles 4.1.4.2 and 4.1.4.3: at least one bearer SubjectConfirmation must be satisfied.
///
/// Its data must have a Recipient equal to our assertion consumer service, a NotOnOrAfter that has not passed, no
/// NotBefore, and an InResponseTo equal to our request, or none where there is no request (4.1.5). Several confirmations are legal and one is enough; when none is
/// satisfied the rejection is that of the one that came furthest, which is the one that the identity provider meant.
struct BearerConfirmationRule {
    let assertionConsumerService: String
    let requestID: MessageID?
    let window: ValidityWindow

    func check(_ subject: Subject?) throws(ResponseRejection) -> Finding {
        var furthest = Failure(
            stage: 0,
            rejection: self.rejection(.recipientMismatch, wanted: SubjectConfirmation.bearer, got: nil)
        )
        for confirmation in subject?.confirmations ?? [] {
            guard let failure = self.failure(of: confirmation) else { return self.finding }
            if failure.stage > furthest.stage {
                furthest = failure
            }
        }
        throw furthest.rejection
    }

    private var finding: Finding {
        Finding(
            wanted: .list(["a bearer at", self.assertionConsumerService, "for", self.requestID?.value ?? "no request"]),
            got: "a confirmation that says so"
        )
    }

    /// Why one confirmation is not satisfied, and how many of the demands it met before.
    private struct Failure {
        let stage: Int
        let rejection: ResponseRejection
    }

    private func failure(of confirmation: SubjectConfirmation) -> Failure? {
        guard confirmation.method.isExactly(SubjectConfirmation.bearer) else {
            return Failure(
                stage: 1,
                rejection: self.rejection(
                    .recipientMismatch,
                    wanted: SubjectConfirmation.bearer,
                    got: confirmation.method
                )
            )
        }
        guard let data = confirmation.data, let recipient = data.recipient,
            recipient.isExactly(self.assertionConsumerService)
        else {
            return Failure(
                stage: 2,
                rejection: self.rejection(
                    .recipientMismatch,
                    wanted: self.assertionConsumerService,
                    got: confirmation.data?.recipient
                )
            )
        }
        if let notBefore = data.notBefore {
            return Failure(
                stage: 3,
                rejection: self.rejection(
                    .expiredOrNotYetValid,
                    wanted: "no NotBefore",
                    got: SAMLInstant.format(notBefore)
                )
            )
        }
        guard let notOnOrAfter = data.notOnOrAfter, !self.window.hasPassed(notOnOrAfter) else {
            return Failure(
                stage: 4,
                rejection: self.rejection(
                    .expiredOrNotYetValid,
                    wanted: "NotOnOrAfter after \(SAMLInstant.format(self.window.now))",
                    got: data.notOnOrAfter.map(SAMLInstant.format)
                )
            )
        }
        guard self.isOurs(data.inResponseTo) else {
            return Failure(
                stage: 5,
                rejection: self.rejection(
                    .requestUnknownOrUsed,
                    wanted: self.requestID?.value ?? "no InResponseTo",
                    got: data.inResponseTo
                )
            )
        }
        return nil
    }

    private func isOurs(_ inResponseTo: String?) -> Bool {
        guard let inResponseTo, let requestID = self.requestID else {
            return inResponseTo == nil && self.requestID == nil
        }
        return inResponseTo.isExactly(requestID.value)
    }

    private func rejection(_ code: ResponseRejection.Code, wanted: String, got: String?) -> ResponseRejection {
        ResponseRejection(code, rule: "BearerConfirmationRule", wanted: wanted, got: got)
    }
}
