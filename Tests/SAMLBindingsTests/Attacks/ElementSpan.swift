/// Where an element stands in a message's text, found by its tags alone; for messages that this package wrote.
struct ElementSpan {
    /// The element with its tags.
    let whole: Range<Int>
    /// What stands between its tags, empty for an empty-element tag.
    let content: Range<Int>

    /// The elements in the order of their end tags.
    static func all(in text: [UInt8]) -> [ElementSpan] {
        var open: [(start: Int, contentStart: Int)] = []
        var spans: [ElementSpan] = []
        var index = 0
        while let start = text[index...].firstIndex(of: UInt8(ascii: "<")),
            let end = text[start...].firstIndex(of: UInt8(ascii: ">"))
        {
            index = end + 1
            switch (text[start + 1], text[end - 1]) {
            case (UInt8(ascii: "?"), _): continue
            case (UInt8(ascii: "/"), _):
                guard let element = open.popLast() else { return [] }
                spans.append(
                    ElementSpan(whole: element.start..<index, content: element.contentStart..<start)
                )
            case (_, UInt8(ascii: "/")):
                spans.append(ElementSpan(whole: start..<index, content: index..<index))
            case (_, _):
                open.append((start, index))
            }
        }
        return spans
    }

    /// The message with a copy of this element before another element and at its end: once the copy forged in the
    /// signed message, once the copy genuine in a forged message.
    func transplants(to target: ElementSpan, signed: [UInt8], forged: [UInt8]) -> [[UInt8]] {
        var results: [[UInt8]] = []
        for position in Set([target.whole.lowerBound, target.content.upperBound]) {
            results.append(Array(signed[..<position] + forged[self.whole] + signed[position...]))
            results.append(Array(forged[..<position] + signed[self.whole] + forged[position...]))
        }
        return results
    }
}
