package import Workspaces

/// What a look at the whole chain of an audit log came to.
package struct AuditVerification: Hashable, Sendable {
    /// Both ends of the chain.
    package let head: AuditHead
    /// How many events are as they were sealed.
    package let verified: Int
    /// The first thing that is wrong with the chain; `nil` when it holds.
    package let chainDefect: AuditDefect?
    /// Whether there are events beside the chain that were written past Portico; `nil` when there are none.
    package let inserted: AuditDefect?
    /// How many events wait to be sealed.
    package let unsealed: Int
    /// How many of the verified events were sealed more than an hour after the time they bear.
    package let late: Int
    /// The position of the first of these.
    package let firstLate: Int?
    /// Whether the seal was compared: not without a secret key.
    package let isSealChecked: Bool

    /// The first thing that is wrong; `nil` when nothing is.
    ///
    /// A secret key that is not at hand hides nothing else.
    package var defect: AuditDefect? {
        if let chainDefect, !chainDefect.isUnknownKey { return chainDefect }
        return self.inserted ?? self.chainDefect
    }
}
