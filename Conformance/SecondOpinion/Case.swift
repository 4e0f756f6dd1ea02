/// One document to be judged.
struct Case: Codable {
    /// The document's file in the folder: XML, not base64.
    let file: String
    /// What it is made of, for the report.
    let source: String
    /// What it must agree with.
    let exchange: Exchange
}
