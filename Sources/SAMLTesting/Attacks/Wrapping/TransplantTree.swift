/// A message as tags and text, so that elements can be moved about without a parser's opinion of them.
///
/// Made for messages that ``TestIdentityProvider`` wrote: no markup but elements and one XML declaration.
struct TransplantTree: Sendable {
    /// A piece of the message as it is, and as an attacker would have it.
    struct Piece: Sendable {
        let plain: [UInt8]
        let forged: [UInt8]
        let renamed: [UInt8]
        let forgedAndRenamed: [UInt8]
    }

    /// What stands between the tags of an element.
    enum Content: Sendable {
        case text(Piece)
        case element(Int)
    }

    /// An element; elements are known by their number in document order.
    struct Element: Sendable {
        let startTag: Piece
        let endTag: [UInt8]
        let isSignature: Bool
        var contents: [Content] = []
        /// The number behind that of the last element inside.
        var end = 0
    }

    private(set) var elements: [Element] = []

    /// Reads a message.
    ///
    /// - Parameters:
    ///   - message: The bytes.
    ///   - forge: Puts the attacker's identity into a piece.
    ///   - rename: Changes the identifier in a start tag.
    init(_ message: [UInt8], forge: ([UInt8]) -> [UInt8], rename: ([UInt8]) -> [UInt8]) {
        func piece(_ bytes: [UInt8]) -> Piece {
            let renamed = rename(bytes)
            return Piece(plain: bytes, forged: forge(bytes), renamed: renamed, forgedAndRenamed: forge(renamed))
        }
        var open: [Int] = []
        var rest = message[...]
        while let start = rest.firstIndex(of: UInt8(ascii: "<")),
            let end = rest[start...].firstIndex(of: UInt8(ascii: ">"))
        {
            if let parent = open.last, start > rest.startIndex {
                self.elements[parent].contents.append(.text(piece(Array(rest[rest.startIndex..<start]))))
            }
            let tag = Array(rest[start...end])
            rest = rest[(end + 1)...]
            switch (tag[1], tag[tag.count - 2]) {
            case (UInt8(ascii: "?"), _): continue
            case (UInt8(ascii: "/"), _):
                guard let closed = open.popLast() else { return }
                self.elements[closed].end = self.elements.count
            case (_, let last):
                if let parent = open.last { self.elements[parent].contents.append(.element(self.elements.count)) }
                let isEmpty = last == UInt8(ascii: "/")
                self.append(tag, isEmpty: isEmpty, piece)
                if !isEmpty { open.append(self.elements.count - 1) }
            }
        }
    }

    /// Adds an element, an empty one with an end tag, so that something can be put inside.
    private mutating func append(_ tag: [UInt8], isEmpty: Bool, _ piece: ([UInt8]) -> Piece) {
        let name = tag.dropFirst().prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ">") }
        let startTag = isEmpty ? Array(tag.dropLast(2)) + [UInt8(ascii: ">")] : tag
        self.elements.append(
            Element(
                startTag: piece(startTag),
                endTag: Array("</".utf8) + name + [UInt8(ascii: ">")],
                isSignature: name.elementsEqual("ds:Signature".utf8),
                end: self.elements.count + 1
            )
        )
    }

    /// The elements directly inside an element.
    func children(of element: Int) -> [Int] {
        self.elements[element].contents
            .compactMap {
                if case .element(let child) = $0 { child } else { nil }
            }
    }

    /// An element and everything inside.
    func subtree(_ element: Int) -> Range<Int> {
        element..<self.elements[element].end
    }
}
