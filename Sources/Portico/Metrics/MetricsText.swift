import NIOCore

/// Writes metrics in Prometheus' text exposition format, version 0.0.4, straight into one buffer.
///
///     # HELP name One sentence
///     # TYPE name counter
///     name{label="value"} 42
///
/// A backslash and a line feed are escaped in help texts, and a quotation mark too in the values of labels; names need no
/// escaping, since they are words of the source.
struct MetricsText {
    /// The value of the header `Content-Type`.
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// What was written.
    private(set) var buffer = ByteBuffer()
    private var family: MetricFamily?

    /// Begins a metric; its numbers follow.
    mutating func begin(_ family: MetricFamily) {
        self.family = family
        self.buffer.writeString("# HELP \(family.name) ")
        self.writeEscaped(family.help, isLabelValue: false)
        self.buffer.writeString("\n# TYPE \(family.name) \(family.kind.rawValue)\n")
    }

    /// Writes a whole number of the metric; `labels` are the values of its labels in their order.
    mutating func add(_ labels: String..., value: some BinaryInteger) {
        self.writeLine(labels: labels, value: "\(value)")
    }

    /// Writes a number of the metric that need not be whole.
    mutating func add(_ labels: String..., value: Double) {
        self.writeLine(labels: labels, value: Self.text(of: value))
    }

    /// Writes the buckets, the sum and the count of a histogram.
    ///
    /// - Parameters:
    ///   - labels: The values of its labels in their order.
    ///   - bounds: The upper bounds of all buckets but the last, rising.
    ///   - counts: The observations in each bucket and no lower one: one number more than there are bounds.
    ///   - sum: All observations together.
    mutating func addHistogram(_ labels: String..., bounds: [Duration], counts: [UInt64], sum: Duration) {
        precondition(counts.count == bounds.count + 1)
        var total: UInt64 = 0
        for (index, count) in counts.enumerated() {
            total &+= count
            let bound = index < bounds.count ? Self.text(of: bounds[index].seconds) : "+Inf"
            self.writeLine(suffix: "_bucket", labels: labels, bound: bound, value: "\(total)")
        }
        self.writeLine(suffix: "_sum", labels: labels, value: Self.text(of: sum.seconds))
        self.writeLine(suffix: "_count", labels: labels, value: "\(total)")
    }

    // MARK: - Private

    private mutating func writeLine(suffix: String = "", labels: [String], bound: String? = nil, value: String) {
        guard let family = self.family else { return }
        precondition(labels.count == family.labels.count)
        self.buffer.writeString(family.name)
        self.buffer.writeString(suffix)
        var separator = "{"
        for (name, label) in zip(family.labels, labels) {
            self.writeLabel(name, label, after: &separator)
        }
        if let bound { self.writeLabel("le", bound, after: &separator) }
        self.buffer.writeString(separator == "{" ? " " : "} ")
        self.buffer.writeString(value)
        self.buffer.writeString("\n")
    }

    private mutating func writeLabel(_ name: String, _ value: String, after separator: inout String) {
        self.buffer.writeString("\(separator)\(name)=\"")
        self.writeEscaped(value, isLabelValue: true)
        self.buffer.writeString("\"")
        separator = ","
    }

    private mutating func writeEscaped(_ text: String, isLabelValue: Bool) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\\"): self.buffer.writeStaticString("\\\\")
            case UInt8(ascii: "\n"): self.buffer.writeStaticString("\\n")
            case UInt8(ascii: "\"") where isLabelValue: self.buffer.writeStaticString("\\\"")
            case _: self.buffer.writeInteger(byte)
            }
        }
    }

    private static func text(of value: Double) -> String {
        if value.isNaN { return "NaN" }
        guard value.isFinite else { return value < 0 ? "-Inf" : "+Inf" }
        return "\(value)"
    }
}

extension Duration {
    /// The duration in seconds.
    fileprivate var seconds: Double {
        Double(self.components.seconds) + Double(self.components.attoseconds) / 1e18
    }
}
