import Foundation

/// Reads settings from the sources, strongest first, and collects every mistake instead of stopping at the first.
struct SettingsReader {
    /// What was wrong so far.
    var mistakes: [SettingMistake] = []

    private let sources: [SettingsSource]

    /// Reads from these sources, the strongest first.
    init(sources: [SettingsSource], mistakes: [SettingMistake] = []) {
        self.sources = sources
        self.mistakes = mistakes
    }

    // MARK: - Texts

    /// The strongest value of a setting; nil where it is given nowhere.
    func find(_ key: SettingKey) -> SettingValue? {
        let shape = key.definition.shape
        return self.sources.lazy.compactMap { $0.value(named: key.rawValue, shape: shape) }.first
    }

    /// The strongest value of a secret, its file read where a file is named.
    ///
    /// A value and a file in the same place contradict each other.
    mutating func findSecret(_ key: SettingKey) -> SettingValue? {
        for source in self.sources {
            let direct = source.value(named: key.rawValue, shape: key.definition.shape)
            let file = source.value(named: key.fileName, shape: .single)
            switch (direct, file) {
            case (nil, nil): continue
            case (let value?, nil): return value
            case (nil, let file?): return self.readSecret(key, in: file)
            case (_?, let file?):
                let other = file.origin.spelling(of: key.rawValue)
                self.refuse(file, SettingProblem("and \(other) are both set", "keep one of them"))
                return nil
            }
        }
        return nil
    }

    private mutating func readSecret(_ key: SettingKey, in file: SettingValue) -> SettingValue? {
        let path = file.texts.joined()
        guard let content = Self.content(ofFile: path) else {
            self.refuse(
                file,
                SettingProblem("names \(path), which cannot be read", "check the path and that this user may read it")
            )
            return nil
        }
        let texts: [String] =
            key.definition.shape == .list
            ? content.split { $0 == "," || $0.isNewline }.map { $0.trimmingCharacters(in: .whitespaces) }
            : [content.trimmingCharacters(in: .whitespacesAndNewlines)]
        let filled = texts.filter { !$0.isEmpty }
        guard !filled.isEmpty else {
            self.refuse(file, SettingProblem("names \(path), which is empty", "write the secret into it"))
            return nil
        }
        return SettingValue(texts: filled, origin: file.origin, name: file.name)
    }

    /// The text of a file, which may also be a pipe.
    private static func content(ofFile path: String) -> String? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        do {
            return String(bytes: try handle.readToEnd() ?? Data(), encoding: .utf8)
        } catch {
            return nil
        }
    }

    // MARK: - Values

    /// A setting with a fallback.
    mutating func value<Value>(
        _ key: SettingKey,
        default fallback: Value,
        parse: (String) throws(SettingProblem) -> Value
    ) -> Value {
        self.value(key, parse: parse) ?? fallback
    }

    /// A setting without a fallback.
    mutating func value<Value>(_ key: SettingKey, parse: (String) throws(SettingProblem) -> Value) -> Value? {
        guard let found = self.find(key) else { return nil }
        return self.parse(found, text: found.texts.joined(), parse)
    }

    /// A list; an element that does not parse is a mistake and left out.
    mutating func list<Value>(
        _ key: SettingKey,
        default fallback: [Value],
        parse: (String) throws(SettingProblem) -> Value
    ) -> [Value] {
        guard let found = self.find(key) else { return fallback }
        return found.texts.compactMap { self.parse(found, text: $0, parse) }
    }

    /// A secret, checked by `check`.
    mutating func secret(
        _ key: SettingKey,
        check: (String) throws(SettingProblem) -> Void
    ) -> Secret? {
        guard let found = self.findSecret(key) else { return nil }
        let text = found.texts.joined()
        return self.parse(found, text: text) { (text: String) throws(SettingProblem) -> Secret in
            try check(text)
            return Secret(text)
        }
    }

    /// Reports that a setting is missing.
    mutating func require(_ key: SettingKey, remedy: String) {
        self.mistakes.append(
            SettingMistake(setting: key.environmentName, origin: .absent, problem: "is missing", remedy: remedy)
        )
    }

    /// Reports a problem with a value.
    mutating func refuse(_ value: SettingValue, _ problem: SettingProblem) {
        self.mistakes.append(
            SettingMistake(
                setting: value.spelling,
                origin: value.origin,
                problem: problem.problem,
                remedy: problem.remedy
            )
        )
    }

    /// Reports a problem with a setting wherever it was given.
    mutating func refuse(_ key: SettingKey, _ problem: SettingProblem) {
        let name = key.definition.sensitivity == .secret ? self.findSecret(key) : self.find(key)
        self.refuse(name ?? SettingValue(texts: [], origin: .absent, name: key.rawValue), problem)
    }

    private mutating func parse<Value>(
        _ found: SettingValue,
        text: String,
        _ parse: (String) throws(SettingProblem) -> Value
    ) -> Value? {
        do throws(SettingProblem) {
            return try parse(text)
        } catch {
            self.refuse(found, error)
            return nil
        }
    }
}
