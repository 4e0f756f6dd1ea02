import CXMLSec

/// At most 64 names with a number each: a name in a document is looked up once, and compared as a number from then on.
///
/// The names' bytes stand one behind the other, found by a hash of the local name; no `String` is made for a lookup.
package struct XMLVocabulary: Sendable {
    /// Some of the names, by their numbers.
    ///
    /// It is no `OptionSet`, whose operations are generic and called across modules for every name of a message.
    package struct Names: Hashable, Sendable {
        /// A bit for each number.
        private var bits: UInt64 = 0

        /// Makes a set of no number.
        package init() {}

        /// Whether a number is in the set.
        package func contains(_ number: Int) -> Bool { self.bits >> UInt64(number) & 1 == 1 }

        /// Adds a number.
        package mutating func insert(_ number: Int) { self.bits |= 1 << UInt64(number) }

        /// The numbers of both sets.
        package func union(_ other: Names) -> Names { Names(bits: self.bits | other.bits) }

        /// The numbers that are not in the other set.
        package func subtracting(_ other: Names) -> Names { Names(bits: self.bits & ~other.bits) }

        /// Whether there is no number in the set.
        package var isEmpty: Bool { self.bits == 0 }

        private init(bits: UInt64) { self.bits = bits }
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
        precondition(names.count <= UInt64.bitWidth && Set(names).count == names.count)
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
        names.reduce(into: Names()) { numbers, name in
            guard let number = self.names.firstIndex(of: name) else { return }
            numbers.insert(number)
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
    ///   - condition: What is asked of an attribute whose name is one of these, by its number.
    ///   - otherCondition: What is asked of every other one, by its name.
    /// - Returns: The name, nil when no attribute fulfills its condition.
    package func firstAttribute(
        of element: XMLElement,
        where condition: (_ number: Int) -> Bool,
        orOther otherCondition: (_ name: XMLName) -> Bool
    ) -> XMLName? {
        var attribute = unsafe element.node.pointee.properties
        while let current = unsafe attribute {
            if let number = unsafe self.number(current.pointee.name, current.pointee.ns) {
                if condition(number) { return self.names[number] }
            } else {
                let name = unsafe XMLName(current.pointee.name, current.pointee.ns)
                if otherCondition(name) { return name }
            }
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
