package import SAML

extension SignInCheck {
    /// Every check of a sign-in in its order, whether it was come to or not.
    ///
    /// - Parameters:
    ///   - response: The checks of the Response.
    ///   - steps: What is known of the steps around it. A step that comes before the last thing that was checked and is
    ///     not among them passed; one that comes after it was not come to.
    /// - Returns: One line for each name.
    package static func list(_ response: ResponseCheckList, steps: [SignInCheck]) -> [SignInCheck] {
        var known: [Name: SignInCheck] = [:]
        for check in response.checks { known[.response(check.rule)] = SignInCheck(check) }
        for check in steps { known[check.name] = check }
        let last = Name.allCases.lastIndex { known[$0].map(Self.wasMade) ?? false } ?? 0
        let failed = Name.allCases.first { known[$0]?.code != nil }
        let reason = failed.map { "“\($0.title)” failed" } ?? "it was not come to"
        return Name.allCases.enumerated()
            .map { index, name in
                if let check = known[name] { return check }
                guard case .step = name, index < last else { return SignInCheck(name, .notChecked(because: reason)) }
                return SignInCheck(name, .passed)
            }
    }

    private static func wasMade(_ check: SignInCheck) -> Bool {
        switch check.outcome {
        case .passed, .failed: true
        case .notChecked: false
        }
    }
}
