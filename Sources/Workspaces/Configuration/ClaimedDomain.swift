package import FoundationEssentials

/// A domain that a workspace has proved to be its own, so that people with addresses in it may sign in (behavior D2).
package struct ClaimedDomain: Hashable, Sendable {
    /// What the claim rests on.
    package enum Proof: String, Hashable, Sendable, CaseIterable {
        /// A TXT record that only the owner of the domain can make (behavior D1).
        case dns
        /// The word of the operator, which is audited as such.
        case operatorOverride = "operator_override"
    }

    /// The domain.
    package let domain: EmailDomain
    /// What the claim rests on.
    package let proof: Proof
    /// When the domain was claimed.
    package let claimedAt: Date
    /// Since when its record has been away too long (behavior D5); `nil` for a claim that holds.
    package let lapsedAt: Date?

    /// Makes a claim.
    package init(domain: EmailDomain, proof: Proof, claimedAt: Date, lapsedAt: Date? = nil) {
        self.domain = domain
        self.proof = proof
        self.claimedAt = claimedAt
        self.lapsedAt = lapsedAt
    }
}
