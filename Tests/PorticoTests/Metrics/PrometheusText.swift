/// A page of metrics, read strictly by the rules of Prometheus' text exposition format, version 0.0.4.
struct PrometheusText: Sendable {
    struct Sample: Hashable, Sendable {
        var name: String
        var labels: [String: String]
        var value: Double
        /// The names of the labels as they stood there.
        var labelNames: [String]
    }

    struct Family: Hashable, Sendable {
        var name: String
        var help: String
        var kind: String
        var samples: [Sample] = []
    }

    struct Defect: Error, Hashable {
        let line: String
        let reason: String

        init(_ line: some StringProtocol, _ reason: String) {
            self.line = String(line)
            self.reason = reason
        }
    }

    private(set) var families: [Family] = []

    /// Reads a page.
    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Defect(text.suffix(80), "the page ends within a line") }
        var help: (name: String, text: String)?
        for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("# HELP ") {
                let words = line.dropFirst(7).split(separator: " ", maxSplits: 1)
                guard help == nil, words.count == 2 else { throw Defect(line, "a help text has no place") }
                help = (String(words[0]), try Self.unescape(words[1], quotable: false, line))
            } else if line.hasPrefix("# TYPE ") {
                let words = line.dropFirst(7).split(separator: " ")
                guard words.count == 2, let given = help, given.name == words[0] else {
                    throw Defect(line, "a type does not follow the help text of its metric")
                }
                guard Self.isName(given.name), !self.families.contains(where: { $0.name == given.name }),
                    ["counter", "gauge", "histogram"].contains(words[1])
                else { throw Defect(line, "the name or the type is none, or comes twice") }
                self.families.append(Family(name: given.name, help: given.text, kind: String(words[1])))
                help = nil
            } else {
                guard help == nil, let last = self.families.indices.last else {
                    throw Defect(line, "a number belongs to no metric")
                }
                try self.families[last].take(try Self.sample(line), line)
            }
        }
        guard help == nil else { throw Defect(text.suffix(80), "a help text has no type") }
        for family in self.families where family.kind == "histogram" { try family.checkHistogram() }
    }

    /// The number of a series; `nil` where there is no such series.
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        self.families.flatMap(\.samples).first { $0.name == name && $0.labels == labels }?.value
    }

    /// The numbers of a metric that are not 0, by the values of its labels in their order.
    func counts(_ name: String) -> [[String]: Double] {
        let samples = self.families.first { $0.name == name }?.samples ?? []
        return Dictionary(
            uniqueKeysWithValues: samples.filter { $0.value != 0 }
                .map { sample in (sample.labelNames.compactMap { sample.labels[$0] }, sample.value) }
        )
    }

    // MARK: - Lines

    private static func sample(_ line: Substring) throws -> Sample {
        let name = line.prefix { $0 != "{" && $0 != " " }
        guard Self.isName(name) else { throw Defect(line, "the name is none") }
        var rest = line.dropFirst(name.count)
        var labels: [String: String] = [:]
        var names: [String] = []
        if rest.first == "{" {
            repeat {
                rest = rest.dropFirst()
                let label = rest.prefix { $0 != "=" }
                guard Self.isName(label), !label.contains(":"), rest.dropFirst(label.count).hasPrefix("=\"") else {
                    throw Defect(line, "a label has no name or no value")
                }
                rest = rest.dropFirst(label.count + 2)
                let value = try Self.quoted(&rest, line)
                guard labels.updateValue(value, forKey: String(label)) == nil else {
                    throw Defect(line, "a label comes twice")
                }
                names.append(String(label))
            } while rest.first == ","
            guard rest.first == "}" else { throw Defect(line, "the labels do not end") }
            rest = rest.dropFirst()
        }
        guard rest.first == " ", let value = Self.number(rest.dropFirst()) else {
            throw Defect(line, "the value is no number")
        }
        return Sample(name: String(name), labels: labels, value: value, labelNames: names)
    }

    /// Reads up to the closing quotation mark, and takes it away.
    private static func quoted(_ rest: inout Substring, _ line: Substring) throws -> String {
        var end = rest.startIndex
        while end < rest.endIndex, rest[end] != "\"" {
            if rest[end] == "\\" { end = rest.index(after: end) }
            guard end < rest.endIndex else { break }
            end = rest.index(after: end)
        }
        guard end < rest.endIndex else { throw Defect(line, "a value does not end") }
        let value = try Self.unescape(rest[..<end], quotable: true, line)
        rest = rest[rest.index(after: end)...]
        return value
    }

    private static func unescape(_ text: Substring, quotable: Bool, _ line: Substring) throws -> String {
        var result = ""
        var characters = text.makeIterator()
        while let character = characters.next() {
            guard character == "\\" else {
                result.append(character)
                continue
            }
            switch characters.next() {
            case "\\": result.append("\\")
            case "n": result.append("\n")
            case "\"" where quotable: result.append("\"")
            case _: throw Defect(line, "an escape is none")
            }
        }
        return result
    }

    private static func number(_ text: Substring) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        case _: text.first.map { $0.isASCII && ($0.isNumber || $0 == "-") } == true ? Double(text) : nil
        }
    }

    private static func isName(_ text: some StringProtocol) -> Bool {
        String(text).wholeMatch(of: /[a-zA-Z_:][a-zA-Z0-9_:]*/) != nil
    }
}

extension PrometheusText.Family {
    /// Takes a line that stands under the family.
    fileprivate mutating func take(_ sample: PrometheusText.Sample, _ line: Substring) throws {
        let names =
            self.kind == "histogram" ? ["_bucket", "_sum", "_count"].map { self.name + $0 } : [self.name]
        guard names.contains(sample.name) else { throw PrometheusText.Defect(line, "the name is another metric's") }
        guard (sample.name == self.name + "_bucket" && self.kind == "histogram") == (sample.labels["le"] != nil) else {
            throw PrometheusText.Defect(line, "a bucket has no bound, or something else has one")
        }
        guard !self.samples.contains(where: { $0.name == sample.name && $0.labels == sample.labels }) else {
            throw PrometheusText.Defect(line, "the series comes twice")
        }
        guard self.kind == "gauge" || sample.value >= 0 else {
            throw PrometheusText.Defect(line, "a count is negative")
        }
        self.samples.append(sample)
    }

    /// The bounds rise to infinity, the counts rise with them, and the last one is the count of all.
    fileprivate func checkHistogram() throws {
        var series: [[String: String]: [PrometheusText.Sample]] = [:]
        for sample in self.samples where sample.name == self.name + "_bucket" {
            var labels = sample.labels
            labels["le"] = nil
            series[labels, default: []].append(sample)
        }
        for (labels, buckets) in series {
            let bounds = buckets.compactMap { $0.labels["le"] }.map { $0 == "+Inf" ? .infinity : Double($0) ?? .nan }
            let total = self.samples.first { $0.name == self.name + "_count" && $0.labels == labels }
            guard zip(bounds, bounds.dropFirst()).allSatisfy({ $0 < $1 }), bounds.last == .infinity,
                zip(buckets, buckets.dropFirst()).allSatisfy({ $0.value <= $1.value }),
                let total, total.value == buckets.last?.value,
                self.samples.contains(where: { $0.name == self.name + "_sum" && $0.labels == labels })
            else { throw PrometheusText.Defect(self.name, "the buckets contradict each other") }
        }
    }
}
