/// What Portico makes of one document.
struct Opinion: Codable {
    let file: String
    /// `accepted`, or the code of the refusal.
    let verdict: String
    /// The rule that refused and what it saw; empty for an accepted document.
    let reason: String
    /// The person and the attributes that were read, empty for a refused document.
    let identity: [String]
    /// Microseconds of CPU of one check.
    let microseconds: Double
}
