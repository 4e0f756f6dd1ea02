import CXMLSec

/// At most 64 names with a number each: a name in a document is looked up once, and compared as a number from then on.
///
/// The names' bytes stand one behind the other, found by a hash of the local name; no `String` is made for a lookup.
package struct XMLVocabulary: Sendable {
    /// Some of the names, by their numbers.
    package struct Names: OptionSet, Hashable, Sendable {
        /// A bit for each number.
        package let rawValue: UInt64

        /// Makes a set of the numbers whose bits are set.
        package init(rawValue: UInt64) { self.rawValue = rawValue }

        /// Makes a set of one number.
        package init(number: Int) { self.init(rawValue: 1 << UInt64(number)) }
    }

    private struct Entry {
        let localName: Range<Int>
        let namespaceURI: Range<Int>
    }

    /// The names in the order of their numbers.
    package let names: [XMLName]
    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// The numbers by hash; a name whose place is taken stands in the next free one.
    private var places = [Int?](repeating: nil, count: 256)

    /// Makes a vocabulary.
    ///
    /// - Precondition: There are at most 64 names, each once.
    package init(_ names: [XMLName]) {
        precondition(names.count <= Names.RawValue.bitWidth && Set(names).count == names.count)
        self.names = names
        for (number, name) in names.enumerated() {
            self.entries.append(
                Entry(localName: self.append(name.localName), namespaceURI: self.append(name.namespaceURI))
            )
            var place = name.localName.utf8.reduce(Self.emptyHash, Self.hash)
            while self.places[Int(place)] != nil { place &+= 1 }
            self.places[Int(place)] = number
        }
    }

    /// The numbers of names of this vocabulary.
    package func numbers(of names: some Sequence<XMLName>) -> Names {
        names.reduce(into: []) { numbers, name in
            guard let number = self.names.firstIndex(of: name) else { return }
            numbers.insert(Names(number: number))
        }
    }

    /// The number of an element's name, nil when it is not one of these.
    package func number(of element: XMLElement) -> Int? {
        unsafe self.number(element.node.pointee.name, element.node.pointee.ns)
    }

    /// The name of an element's first attribute, in document order, that fulfills a condition.
    ///
    /// - Parameters:
    ///   - element: The element; its namespace declarations are not attributes.
    ///   - condition: What is asked of an attribute, by its number, which is nil when its name is not one of these, and by
    ///     its name, which costs more.
    /// - Returns: The name, nil when no attribute fulfills the condition.
    package func firstAttribute(
        of element: XMLElement,
        where condition: (_ number: Int?, _ name: () -> XMLName) -> Bool
    ) -> XMLName? {
        var attribute = unsafe element.node.pointee.properties
        while let current = unsafe attribute {
            let name = { unsafe XMLName(current.pointee.name, current.pointee.ns) }
            if unsafe condition(self.number(current.pointee.name, current.pointee.ns), name) { return name() }
            unsafe attribute = current.pointee.next
        }
        return nil
    }

    private func number(_ localName: UnsafePointer<xmlChar>?, _ namespace: xmlNsPtr?) -> Int? {
        guard let localName = unsafe localName else { return nil }
        var place = unsafe XMLCharacters.bytes(of: localName).reduce(Self.emptyHash, Self.hash)
        while let number = self.places[Int(place)] {
            let entry = self.entries[number]
            if unsafe XMLCharacters.equal(localName, self.bytes.span.extracting(entry.localName)),
                unsafe XMLCharacters.equal(namespace?.pointee.href, self.bytes.span.extracting(entry.namespaceURI))
            {
                return number
            }
            place &+= 1
        }
        return nil
    }

    private mutating func append(_ text: String) -> Range<Int> {
        let start = self.bytes.count
        self.bytes += text.utf8
        return start..<self.bytes.count
    }

    private static let emptyHash: UInt8 = 0

    private static func hash(_ hash: UInt8, _ byte: UInt8) -> UInt8 {
        hash &* 31 &+ byte
    }
}
