import SAML
import SAMLBindings
import SAMLTesting
import XMLSecurity

/// What the list says of a message, and what was thrown or given.
struct CheckedExchange {
    let checks: ResponseCheckList
    let result: Result<ValidatedAssertion, ResponseRejection>

    /// Checks a form field.
    init(
        _ field: String,
        in exchange: Exchange,
        certificates: [SigningCertificate],
        encryptionPolicy: EncryptionPolicy = .optional,
        depth: ResponseCheckList.Depth
    ) {
        var checks = ResponseCheckList(depth)
        self.result = Result { () throws(ResponseRejection) in
            let decoded = HTTPPostBinding.decodeResponse(field, checks: &checks)
            let list = checks
            return try list.conclude(decoded)
                .validate(
                    exchange.expectations,
                    certificates: certificates,
                    decryptionKeys: exchange.decryptionKeys,
                    signaturePolicy: exchange.signaturePolicy,
                    encryptionPolicy: encryptionPolicy,
                    checks: &checks
                )
        }
        self.checks = checks
    }

    /// The rejection that was thrown.
    var rejection: ResponseRejection? {
        guard case .failure(let rejection) = self.result else { return nil }
        return rejection
    }

    /// The rules that failed, in their order.
    var failures: [ResponseCheck.Rule] {
        self.checks.checks.compactMap { check in
            guard case .failed = check.outcome else { return nil }
            return check.rule
        }
    }

    /// The rules that were not checked.
    var unchecked: [ResponseCheck.Rule] {
        self.checks.checks.compactMap { check in
            guard case .notChecked = check.outcome else { return nil }
            return check.rule
        }
    }
}
