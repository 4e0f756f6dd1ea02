/// Makes documents in which few prefixes and names meet in every way; each seed makes its own, always the same.
struct DocumentGenerator {
    private static let prefixes = ["", "p", "q"]
    private static let namespaces = ["urn:1", "urn:2", "urn:1/more"]
    private static let texts = ["x", "&lt;&gt;", "\"'", "&#13;\n", "&amp;", "\u{e9}", " "]

    private var state: UInt64

    init(seed: UInt64) {
        self.state = seed
    }

    /// The next document: up to five levels of elements.
    mutating func next() -> String {
        self.element(level: 0, scope: [:])
    }

    private mutating func element(level: Int, scope outer: [String: String]) -> String {
        var scope = outer
        var tag = ""
        for prefix in Self.prefixes where self.number(below: 3) == 0 {
            // The default namespace alone can be taken back.
            let isTakenBack = prefix.isEmpty && self.number(below: 3) == 0
            let name = isTakenBack ? "" : self.one(of: Self.namespaces)
            scope[prefix] = name
            tag += prefix.isEmpty ? " xmlns='\(name)'" : " xmlns:\(prefix)='\(name)'"
        }
        tag += self.attributes(scope)
        let name = self.qualified("e\(self.number(below: 3))", scope)
        var content = ""
        if level < 4 {
            for _ in 0..<self.number(below: 4) {
                content +=
                    self.number(below: 3) == 0 ? self.one(of: Self.texts) : self.element(level: level + 1, scope: scope)
            }
        }
        return "<\(name)\(tag)>\(content)</\(name)>"
    }

    /// Attributes whose expanded names differ.
    private mutating func attributes(_ scope: [String: String]) -> String {
        var text = ""
        var taken: Set<String> = []
        for localName in ["b", "a", "c"] {
            for prefix in ["", "p", "q", "xml"] where self.number(below: 5) == 0 {
                guard prefix.isEmpty || prefix == "xml" || scope[prefix] != nil else { continue }
                let namespace = prefix.isEmpty ? "" : scope[prefix] ?? prefix
                guard taken.insert("\(localName) \(namespace)").inserted else { continue }
                text += " \(prefix.isEmpty ? "" : prefix + ":")\(localName)='\(self.number(below: 9))&quot;&#9;&gt;'"
            }
        }
        return text
    }

    private mutating func qualified(_ localName: String, _ scope: [String: String]) -> String {
        let prefix = self.one(of: Self.prefixes)
        return prefix.isEmpty || scope[prefix] == nil ? localName : "\(prefix):\(localName)"
    }

    private mutating func one<Element>(of elements: [Element]) -> Element {
        elements[self.number(below: elements.count)]
    }

    /// SplitMix64.
    private mutating func number(below limit: Int) -> Int {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = self.state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
}
