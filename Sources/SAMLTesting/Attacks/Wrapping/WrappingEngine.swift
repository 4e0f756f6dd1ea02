/// Makes, of one signed message, every message in which a subtree stands somewhere else and somebody else is named.
///
///     for each element S of the message, signature and all
///         for each place: before each element, and at the end of each element
///             S is copied there, moved there, or put there for what stood there
///                 the forged identity is in S, in everything but S, or nowhere
///                     the identifiers of S, of all the rest, or of neither are changed
///                         the forged part keeps its signatures, or loses them
///
/// The attacks of ``SignatureWrapping`` that need no element of their own are among them. What a service provider accepts
/// of these messages must name the person that was signed, in the same bytes (``AssertedBytes``).
package struct WrappingEngine: Sendable {
    /// A place for an element: before the child of this number, or behind the last one.
    struct Position: Hashable, Sendable {
        let parent: Int
        let slot: Int
    }

    /// How many numbers there are; some of them make no document, because it would be one that another number makes.
    package let count: Int

    private let tree: TransplantTree
    private let positions: [Position]
    private let namesPerson: [Bool]
    private let hasIdentifier: [Bool]

    /// Reads a signed message.
    ///
    /// - Parameters:
    ///   - message: A message that ``TestIdentityProvider`` signed.
    ///   - identity: The text that names the person.
    ///   - forged: What the attacker wants to be read instead.
    package init(message: String, identity: String, forged: String) {
        self.init(message: message, replacing: [(identity, forged)])
    }

    /// Takes a message and every text in it that becomes another where the attacker's person is named.
    package init(message: String, replacing texts: [(original: String, forged: String)]) {
        // Exclusive canonicalization leaves a namespace out where it is not used, so the signatures stay valid; and parts
        // of a signature can stand outside of it.
        let declared = message.replacing(
            "<samlp:Response ",
            with: "<samlp:Response xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\" ",
            maxReplacements: 1
        )
        let tree = TransplantTree(
            Array(declared.utf8),
            forge: { texts.reduce($0) { Self.replace($1.original, with: $1.forged, in: $0) } },
            rename: { Self.replace(" ID=\"", with: " ID=\"_f", in: $0) }
        )
        self.tree = tree
        self.positions = tree.elements.indices.flatMap { parent in
            (0...tree.children(of: parent).count).map { Position(parent: parent, slot: $0) }
        }
        self.namesPerson = tree.elements.indices.map { tree.contains($0) { $0.forged != $0.plain } }
        self.hasIdentifier = tree.elements.indices.map { tree.contains($0) { $0.renamed != $0.plain } }
        self.count = tree.elements.count * self.positions.count * Transplant.all.count
    }

    /// The document of a number below ``count``, or nil when another number makes the same.
    package func document(_ number: Int) -> [UInt8]? {
        let transplant = Transplant.all[number % Transplant.all.count]
        let position = self.positions[number / Transplant.all.count % self.positions.count]
        let subtree = number / Transplant.all.count / self.positions.count
        guard self.isNew(transplant, subtree, position) else { return nil }
        return TransplantWriter.write(self.tree, transplant, subtree: subtree, to: position)
    }

    /// The message as the engine writes it with everything in its place: a service provider accepts it.
    package var unchanged: [UInt8] {
        let nothing = Transplant(operation: .copy, forged: nil, renamed: nil, dropsSignatures: false)
        return TransplantWriter.write(
            self.tree,
            nothing,
            subtree: 0,
            to: Position(parent: self.tree.elements.count, slot: 0)
        )
    }

    private func isNew(_ transplant: Transplant, _ subtree: Int, _ position: Position) -> Bool {
        let moved = self.tree.subtree(subtree)
        let signatures = self.tree.elements.indices.filter { self.tree.elements[$0].isSignature }
        switch transplant.operation {
        case .copy: break
        case .move:
            // Nothing can be put into what is taken away, and the root cannot be.
            if moved.contains(position.parent) || subtree == 0 { return false }
        case .replace:
            if position.slot == self.tree.children(of: position.parent).count { return false }
        }
        switch transplant.forged {
        case nil: break
        case .transplanted:
            if !self.namesPerson[subtree] { return false }
            if transplant.dropsSignatures, !signatures.contains(where: moved.dropFirst().contains) { return false }
        case .rest:
            if transplant.dropsSignatures, signatures.allSatisfy(moved.contains), transplant.operation == .move {
                return false
            }
        }
        return transplant.renamed != .transplanted || self.hasIdentifier[subtree]
    }

    private static func replace(_ text: String, with replacement: String, in bytes: [UInt8]) -> [UInt8] {
        Array(String(decoding: bytes, as: UTF8.self).replacing(text, with: replacement).utf8)
    }
}

extension TransplantTree {
    /// Whether a start tag or a text inside an element is as wanted.
    fileprivate func contains(_ element: Int, _ isWanted: (Piece) -> Bool) -> Bool {
        self.subtree(element)
            .contains { number in
                isWanted(self.elements[number].startTag)
                    || self.elements[number].contents
                        .contains {
                            if case .text(let text) = $0 { isWanted(text) } else { false }
                        }
            }
    }
}
