/// One document to be judged: an original, or what became of one.
struct Case: Codable {
    /// The document's file in the folder: XML, not base64.
    let file: String
    /// Where in `sources.json` its original stands.
    let source: Int
    /// How it was made of its original; empty for the original itself.
    let mutation: String
}
