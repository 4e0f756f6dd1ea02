/// One message that documents are made of, and what every program is told about it (`sources.json`).
struct Source: Codable {
    /// The file of the corpus, or how the message was signed.
    let name: String
    /// The message's file in the folder: XML, not base64.
    let file: String
    /// What the message must agree with.
    let exchange: Exchange
    /// The algorithms that are let pass.
    let algorithms: Algorithms
    /// How much of the message is judged.
    let scope: Scope
    /// The text that names the person, where one is known.
    let identity: String
    /// How many documents of each kind to make of it; none before somebody has decided.
    var documents: Int?

    /// The algorithms that are let pass.
    enum Algorithms: String, Codable {
        /// Those of the policy in force.
        case standard
        /// SHA-1 and short keys too, for other projects' messages.
        case old
    }

    /// How much of a message is judged.
    enum Scope: String, Codable {
        /// The whole of it, as a gateway does.
        case response
        /// Its signature, for messages that say nothing about who is to receive them.
        case signature
    }
}
