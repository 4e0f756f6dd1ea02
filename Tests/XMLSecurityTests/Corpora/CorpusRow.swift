import Testing

/// A message of another project's tests, with the verdict that its signatures deserve.
struct CorpusRow: CustomTestStringConvertible, Sendable {
    let file: String
    let isBase64: Bool
    let certificates: [String]
    /// The elements that are signed: `response`, `assertion`, or both.
    let signedParts: [String]
    let flags: [String]

    var testDescription: String { self.file }

    /// The rows of `Fixtures/corpora/index.tsv`; none when the file cannot be read, which a test notices.
    static let all: [CorpusRow] = {
        guard let text = try? Fixture.text("corpora/index.tsv") else { return [] }
        return text.split(separator: "\n").dropFirst()
            .compactMap { line in
                let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
                guard columns.count == 5 else { return nil }
                return CorpusRow(
                    file: columns[0],
                    isBase64: columns[1] == "base64",
                    certificates: columns[2].split(separator: ";").map(String.init),
                    signedParts: columns[3].split(separator: "+").map(String.init),
                    flags: columns[4].split(separator: ",").map(String.init)
                )
            }
    }()
}
