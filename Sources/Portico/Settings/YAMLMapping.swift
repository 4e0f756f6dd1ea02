import Yams

/// One mapping of a YAML file, read key by key: what nobody asked for is reported as an unknown key.
struct YAMLMapping {
    /// Where the mapping stands in its file, such as `routes[0].timeouts`; empty for the file's root.
    let path: String

    /// The file, for messages.
    let file: String

    private let entries: [(name: String, node: Node)]

    private var known: Set<String> = []

    /// Takes a mapping node; anything else is a mistake and nil.
    init?(_ node: Node, path: String, file: String, mistakes: inout [SettingMistake]) {
        self.path = path
        self.file = file
        guard let mapping = node.mapping else {
            mistakes.append(
                SettingMistake(
                    setting: path.isEmpty ? "the file" : path,
                    origin: .file(file),
                    problem: "is not a mapping",
                    remedy: "write lines of the form `name: value`"
                )
            )
            return nil
        }
        self.entries = mapping.map { ($0.key.string ?? "?", $0.value) }
    }

    /// The names of all keys, in the order of the file.
    var names: [String] { self.entries.map(\.name) }

    /// The full name of a key for messages.
    func name(of key: String) -> String {
        self.path.isEmpty ? key : "\(self.path).\(key)"
    }

    /// A mistake about a key of this mapping.
    func mistake(_ key: String, _ problem: SettingProblem) -> SettingMistake {
        SettingMistake(
            setting: self.name(of: key),
            origin: .file(self.file),
            problem: problem.problem,
            remedy: problem.remedy
        )
    }

    /// The node of a key; nil where it is absent or null.
    mutating func node(_ key: String) -> Node? {
        self.known.insert(key)
        guard let node = self.entries.first(where: { $0.name == key })?.node else { return nil }
        if let scalar = node.scalar, scalar.style == .plain, ["", "~", "null"].contains(scalar.string) { return nil }
        return node
    }

    /// Whether a key is there and says null, which where it may takes away what stood there before.
    mutating func isNull(_ key: String) -> Bool {
        self.node(key) == nil && self.entries.contains { $0.name == key }
    }

    /// A scalar as it is written.
    mutating func text(_ key: String, mistakes: inout [SettingMistake]) -> String? {
        guard let node = self.node(key) else { return nil }
        guard let scalar = node.scalar else {
            mistakes.append(self.mistake(key, SettingProblem("is not a single value", "write one value")))
            return nil
        }
        return scalar.string
    }

    /// A scalar that `parse` understands.
    mutating func value<Value>(
        _ key: String,
        mistakes: inout [SettingMistake],
        parse: (String) throws(SettingProblem) -> Value
    ) -> Value? {
        guard let text = self.text(key, mistakes: &mistakes) else { return nil }
        do throws(SettingProblem) {
            return try parse(text)
        } catch {
            mistakes.append(self.mistake(key, error))
            return nil
        }
    }

    /// A sequence of scalars, or one scalar with commas.
    mutating func texts(_ key: String, mistakes: inout [SettingMistake]) -> [String]? {
        guard let node = self.node(key) else { return nil }
        if let text = node.scalar?.string {
            return text.split(separator: ",").map { $0.trimmingPrefix(while: \.isWhitespace) }.map(String.init)
        }
        let texts = node.sequence?.compactMap { $0.scalar?.string }
        guard let texts, texts.count == node.sequence?.count else {
            mistakes.append(self.mistake(key, SettingProblem("is not a list of values", "write [one, two]")))
            return nil
        }
        return texts
    }

    /// A mapping under a key.
    mutating func mapping(_ key: String, mistakes: inout [SettingMistake]) -> YAMLMapping? {
        guard let node = self.node(key) else { return nil }
        return YAMLMapping(node, path: self.name(of: key), file: self.file, mistakes: &mistakes)
    }

    /// A sequence of mappings under a key.
    mutating func mappings(_ key: String, mistakes: inout [SettingMistake]) -> [YAMLMapping]? {
        guard let node = self.node(key) else { return nil }
        guard let sequence = node.sequence else {
            mistakes.append(self.mistake(key, SettingProblem("is not a list", "begin each entry with `- `")))
            return nil
        }
        return sequence.enumerated()
            .compactMap { index, element in
                YAMLMapping(element, path: "\(self.name(of: key))[\(index)]", file: self.file, mistakes: &mistakes)
            }
    }

    /// The mistakes about keys that were never asked for, each with the nearest name that exists.
    func unknownKeys() -> [SettingMistake] {
        self.entries.filter { !self.known.contains($0.name) }
            .map { entry in
                let nearest = NearestName(among: self.known).suggestion(for: entry.name)
                let remedy = nearest.map { "did you mean `\($0)`?" } ?? "remove it"
                let line = entry.node.mark.map { " (line \($0.line))" } ?? ""
                return SettingMistake(
                    setting: self.name(of: entry.name),
                    origin: .file(self.file),
                    problem: "is not a known key" + line,
                    remedy: remedy
                )
            }
    }
}
