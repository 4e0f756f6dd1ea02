/// Changes in a message that are written as bytes, so that a fuzzer can look for the ones that matter.
///
///     original (1 byte), then for each change:
///         place     (2 bytes, modulo the length)
///         removed   (1 byte)
///         kind      (1 byte) < 128: so many of the following bytes are put there
///                            ≥ 128: a stretch of the original is put there: place (2 bytes), length (2 bytes)
package enum Mutation {
    /// Applies at most sixteen changes.
    ///
    /// - Returns: nil when there is not even one change.
    package static func apply(_ script: [UInt8], to originals: [String]) -> [UInt8]? {
        guard let first = script.first, !originals.isEmpty else { return nil }
        let original = Array(originals[Int(first) % originals.count].utf8)
        var document = original
        var rest = script.dropFirst()
        for _ in 0..<16 {
            guard let place = Self.number(&rest), let removed = rest.popFirst(), let kind = rest.popFirst() else {
                break
            }
            let start = place % (document.count + 1)
            let end = min(document.count, start + Int(removed))
            var inserted: [UInt8] = []
            if kind < 128 {
                inserted = Array(rest.prefix(Int(kind)))
                rest = rest.dropFirst(Int(kind))
            } else if let from = Self.number(&rest), let length = Self.number(&rest) {
                inserted = Array(original.dropFirst(from % original.count).prefix(length % original.count))
            }
            document.replaceSubrange(start..<end, with: inserted)
        }
        return document == original ? nil : document
    }

    /// A script of its own for each number: one to four changes with pieces that readers of XML may disagree about.
    package static func script(number: Int) -> [UInt8] {
        var state = UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15 | 1
        func random(below bound: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(bound))
        }
        var script: [UInt8] = [0]
        for _ in 0...random(below: 3) {
            let place = random(below: 65_536)
            script += [UInt8(place >> 8), UInt8(place & 255), UInt8([0, 0, 0, 1, 2, 8].randomPick(random))]
            if random(below: 4) == 0 {
                script.append(128)
                script += (0..<4).map { _ in UInt8(random(below: 256)) }
            } else {
                let piece = Array(self.pieces.randomPick(random).utf8)
                script += [UInt8(piece.count)] + piece
            }
        }
        return script
    }

    private static let pieces = [
        " ", "\n", "&#13;", "&#32;", "&amp;", "&lt;", "A", "=", "\"", "'", "<", ">", "/", "#", "<!-- x -->", "<?x y?>",
        "<![CDATA[x]]>", "\u{e9}", " ID=\"_x\"", " id=\"_x\"", " xml:id=\"_x\"", " xmlns:x=\"urn:x\"",
        " xmlns=\"urn:x\"", " xml:lang=\"en\"", " Consent=\"x\"", " xmlns:saml=\"urn:x\"", "<x/>",
        "<saml:AttributeValue>x</saml:AttributeValue>", "<ds:Object/>", "<samlp:Extensions/>", "<saml:Advice/>",
    ]

    private static func number(_ bytes: inout ArraySlice<UInt8>) -> Int? {
        guard let high = bytes.popFirst(), let low = bytes.popFirst() else { return nil }
        return Int(high) << 8 | Int(low)
    }
}

extension Array {
    /// An element by a source of numbers.
    fileprivate func randomPick(_ random: (Int) -> Int) -> Element {
        self[random(self.count)]
    }
}
