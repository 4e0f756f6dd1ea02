/// The checks of one Response in their order: what decides, and what is told afterwards.
///
/// Every check reports to the list how it ended, and the first that failed is the verdict. There is no second way to
/// decide, so that what is explained is what was checked.
///
/// A check that needs what an earlier one could not give is not made, and the list says because of which. Verifying and
/// decrypting is work that a stranger must not be able to ask for after a refusal; ``Depth`` says whether it is done.
package struct ResponseCheckList: Hashable, Sendable {
    /// What is still looked at once a check has failed.
    package enum Depth: Hashable, Sendable {
        /// No signature and no ciphertext: nothing that they say could change the verdict.
        case untilRefused
        /// Everything that does not depend on the check that failed, for somebody who wants to know all of it.
        case everything
    }

    /// The checks so far, each rule once.
    package private(set) var checks: [ResponseCheck] = []

    private let depth: Depth
    private var firstFailure: Int?

    /// The number of rules, so that the list takes its memory at once.
    private static let capacity = ResponseCheck.Rule.allCases.count

    /// Makes a list without checks.
    package init(_ depth: Depth = .untilRefused) {
        self.depth = depth
        self.checks.reserveCapacity(Self.capacity)
    }

    /// The rejection of the first check that failed.
    package var rejection: ResponseRejection? {
        guard let firstFailure, case .failed(let rejection) = self.checks[firstFailure].outcome else { return nil }
        return rejection
    }

    /// The first check that failed, once nothing costly is done any more.
    package var end: ResponseCheck.Rule? {
        switch self.depth {
        case .untilRefused: self.firstFailure.map { self.checks[$0].rule }
        case .everything: nil
        }
    }

    /// The first of these rules that failed.
    package func failure(among rules: [ResponseCheck.Rule]) -> ResponseCheck.Rule? {
        self.checks.first { check in
            guard case .failed = check.outcome else { return false }
            return rules.contains(check.rule)
        }?
        .rule
    }

    /// Makes a check.
    package mutating func check(
        _ rule: ResponseCheck.Rule,
        _ body: () throws(ResponseRejection) -> Finding
    ) {
        do throws(ResponseRejection) {
            self.checks.append(ResponseCheck(rule: rule, outcome: .passed(try body())))
        } catch {
            self.fail(rule, error)
        }
    }

    /// Makes a check that gives what later ones look at.
    ///
    /// - Returns: What the check gives; nil when it failed.
    package mutating func value<Value>(
        _ rule: ResponseCheck.Rule,
        _ body: () throws(ResponseRejection) -> (Value, Finding)
    ) -> Value? {
        do throws(ResponseRejection) {
            let (value, finding) = try body()
            self.checks.append(ResponseCheck(rule: rule, outcome: .passed(finding)))
            return value
        } catch {
            self.fail(rule, error)
            return nil
        }
    }

    /// Notes that checks are not made, because another one failed.
    package mutating func skip(_ rules: [ResponseCheck.Rule], because failed: ResponseCheck.Rule) {
        for rule in rules {
            self.checks.append(ResponseCheck(rule: rule, outcome: .notChecked(because: failed)))
        }
    }

    /// Turns what the last check gave into the verdict.
    ///
    /// - Parameter value: What came of the checks, if anything.
    /// - Returns: The value, when every check passed.
    /// - Throws: The rejection of the first check that failed.
    package func conclude<Value>(_ value: Value?) throws(ResponseRejection) -> Value {
        if let rejection { throw rejection }
        // Nothing comes of checks that all passed: a mistake of ours, which lets nobody in.
        guard let value else { throw ResponseRejection(.xmlInvalid, rule: "ResponseCheckList") }
        return value
    }

    private mutating func fail(_ rule: ResponseCheck.Rule, _ rejection: ResponseRejection) {
        if self.firstFailure == nil { self.firstFailure = self.checks.count }
        self.checks.append(ResponseCheck(rule: rule, outcome: .failed(rejection)))
    }
}
