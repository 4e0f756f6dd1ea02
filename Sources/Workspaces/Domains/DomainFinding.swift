/// What a question for a domain's record came to.
package enum DomainFinding: Hashable, Sendable {
    /// The name servers answered with these texts; none for a name that has no such record.
    case answered([String])
    /// No name server answered, for this reason: nothing is known of the record.
    case silent(String)
}
