/// Finds the name that somebody probably meant, by the number of edits between two names.
struct NearestName {
    private let names: [String]

    /// Suggests from these names.
    init(among names: some Collection<String>) {
        self.names = names.sorted()
    }

    /// The nearest name, where it is near enough to be worth saying.
    func suggestion(for mistyped: String) -> String? {
        let word = Array(mistyped.lowercased().replacing("-", with: "_"))
        let distances = self.names.map { (name: $0, edits: Self.edits(from: word, to: Array($0))) }
        guard let best = distances.min(by: { $0.edits < $1.edits }), best.edits <= max(1, word.count / 3) else {
            return nil
        }
        return best.name
    }

    /// The Levenshtein distance, one row of the table at a time.
    private static func edits(from source: [Character], to target: [Character]) -> Int {
        var row = Array(0...target.count)
        for (index, character) in source.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in target.indices {
                let replaced = diagonal + (target[column] == character ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(replaced, diagonal + 1, row[column] + 1)
            }
        }
        return row[target.count]
    }
}
