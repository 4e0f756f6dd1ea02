/// Where the operator began the chain of an audit log anew, because what was before could not be verified.
package struct AuditRestart: Hashable, Sendable {
    /// The position of the last link before.
    package let position: Int
    /// The hash from which the chain went on.
    package let hash: AuditHash
    /// The first position at which the links before were not in order; the one behind ``position`` when all were, and the
    /// seal alone could not be compared.
    package let brokenFrom: Int

    /// Puts it together.
    package init(position: Int, hash: AuditHash, brokenFrom: Int) {
        self.position = position
        self.hash = hash
        self.brokenFrom = brokenFrom
    }

    /// Whether something that is wrong there was already when the operator accepted it.
    func accepts(_ position: Int) -> Bool { self.brokenFrom <= position && position <= self.position }
}
