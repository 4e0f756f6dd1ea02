/// One metric: its name, its kind, what tells its numbers apart, and what it means.
///
/// `Docs/Metrics.md` has a row for each, which a test compares. No label ever holds a workspace, a person or a path that
/// a client chose: what there can be of them is bounded by the configuration and by the words in the source.
struct MetricFamily: Hashable, Sendable {
    /// The kinds of the text exposition format that are used.
    enum Kind: String, Sendable {
        /// A number that only grows while the process lives.
        case counter
        /// A number that goes up and down.
        case gauge
        /// Observations counted in buckets.
        case histogram
    }

    /// The name: `[a-z_]+`, counters end in `_total`.
    let name: String
    /// The kind.
    let kind: Kind
    /// The names of its labels, in their order.
    let labels: [String]
    /// One sentence without its full stop.
    let help: String

    init(_ name: String, _ kind: Kind, labels: [String] = [], _ help: String) {
        self.name = name
        self.kind = kind
        self.labels = labels
        self.help = help
    }
}
