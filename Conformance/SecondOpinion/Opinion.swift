/// What Portico makes of one document.
struct Opinion: Codable {
    let file: String
    /// `accepted`, or the code of the refusal.
    let verdict: String
    /// The rule that refused; empty for an accepted document.
    let rule: String
    /// What the rule wanted and what it saw; empty for an accepted document.
    let reason: String
    /// What was read: the person and the attributes, or the signed elements; empty for a refused document.
    let identity: [String]
}
