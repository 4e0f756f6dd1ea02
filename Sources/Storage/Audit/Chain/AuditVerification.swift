package import Workspaces

/// What a look at the whole chain of an audit log came to.
package struct AuditVerification: Hashable, Sendable {
    /// Both ends of the chain.
    package let head: AuditHead
    /// How many events are as they were sealed.
    package let verified: Int
    /// The first thing that is wrong; `nil` when the chain holds.
    package let defect: AuditDefect?
    /// How many events wait to be sealed.
    package let unsealed: Int
    /// How many of the verified events were sealed more than an hour after the time they bear.
    package let late: Int
    /// The position of the first of these.
    package let firstLate: Int?
    /// Whether the seal was compared: not without a secret key.
    package let isSealChecked: Bool
}
