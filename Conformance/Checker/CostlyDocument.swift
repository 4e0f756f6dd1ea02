import XMLSecurity

/// A message that is made to cost as much as it can within the limits, up to the digest that its sender got right.
struct CostlyDocument {
    let name: String
    /// The content of the assertion's AttributeStatement.
    let attributes: String
    /// Namespace declarations on the Response.
    var declarations = ""
    /// The prefixes of both signatures' canonicalization.
    var prefixes: [String] = []

    /// Every document, as long as the limits let it be; the elements around the attributes are about fifty.
    static func all(within limits: XMLLimits) -> [CostlyDocument] {
        let elements = limits.elementCount - 60
        let nodes = limits.nodeCount - 200
        return self.elements(elements, nodes) + self.texts + self.namespaces(elements, nodes) + self.prefixed(elements)
    }

    private static func elements(_ elements: Int, _ nodes: Int) -> [CostlyDocument] {
        [
            CostlyDocument(name: "a small message", attributes: value("v")),
            CostlyDocument(
                name: "roles, each with its type and namespaces",
                attributes: "<saml:Attribute Name=\"roles\">\(many(nodes / 4) { role($0) })</saml:Attribute>"
            ),
            CostlyDocument(name: "attributes", attributes: many(elements / 2) { _ in value("v") }),
            CostlyDocument(
                name: "attributes without values",
                attributes: many(elements) { _ in "<saml:Attribute Name=\"n\"/>" }
            ),
            CostlyDocument(
                name: "elements, flat",
                attributes: value(many(elements) { _ in "<x>aaaaaaaaaaaaaaaaaaaa</x>" })
            ),
            CostlyDocument(name: "elements, deep", attributes: value(nested(54, many(600) { _ in "<x>a</x>" }))),
            CostlyDocument(
                name: "elements, half as deep",
                attributes: value(nested(10, many(elements) { _ in "<x>aaaa</x>" }))
            ),
            CostlyDocument(
                name: "an attribute each",
                attributes: value(many(elements) { _ in "<x a=\"aaaaaaaaaa\">b</x>" })
            ),
            CostlyDocument(name: "eight attributes each", attributes: value(many(280) { _ in eightAttributes })),
            CostlyDocument(name: "full tags", attributes: value(many(30) { _ in "<x \(many(64) { "a\($0)='' " })/>" })),
            CostlyDocument(name: "identifiers", attributes: value(many(60) { "<x ID=\"a\($0)\"/>" })),
            CostlyDocument(name: "xml:id", attributes: value(many(60) { "<x xml:id=\"a\($0)\"/>" })),
            CostlyDocument(name: "long names", attributes: value(many(110) { _ in "<\(run("n", 1000))/>" })),
        ]
    }

    private static let texts = [
        CostlyDocument(name: "one text", attributes: value(run("v", 110_000))),
        CostlyDocument(name: "line breaks", attributes: value(run("\n", 110_000))),
        CostlyDocument(name: "escapes", attributes: value(run("&lt;", 25_000))),
        CostlyDocument(name: "references", attributes: value(run("&#13;", 20_000))),
        CostlyDocument(name: "references in an attribute", attributes: value("<x a=\"\(run("&#10;", 20_000))\"/>")),
        CostlyDocument(name: "combining marks", attributes: value(run("a" + run("\u{300}", 29), 1900))),
    ]

    private static func namespaces(_ elements: Int, _ nodes: Int) -> [CostlyDocument] {
        [
            CostlyDocument(
                name: "a namespace each",
                attributes: value(many(elements) { _ in "<p:x xmlns:p=\"u:a\"/>" })
            ),
            CostlyDocument(
                name: "a namespace and an attribute each",
                attributes: value(many(min(elements, nodes / 3)) { _ in "<p:x xmlns:p=\"u:a\" p:a=\"1\"/>" })
            ),
            CostlyDocument(
                name: "namespaces in turns",
                attributes: value(many(elements / 2) { _ in "<x xmlns=\"u:a\"><x xmlns=\"u:b\"/></x>" })
            ),
            CostlyDocument(
                name: "many namespaces used",
                attributes: value(many(110) { row in "<x \(many(20) { "p\((row + $0) % 40):a=\"\" " })/>" }),
                declarations: many(40) { " xmlns:p\($0)=\"urn:p\($0)\"" }
            ),
            CostlyDocument(
                name: "a prefix that is looked up past 50 declarations",
                attributes: value(many(elements) { _ in "<x/>" }),
                declarations: many(50) { " xmlns:\(run("n", 29))\($0)=\"urn:p\"" },
                prefixes: [run("n", 29) + "0"]
            ),
        ]
    }

    private static func prefixed(_ elements: Int) -> [CostlyDocument] {
        [(16, elements, 1), (16, 600, 54), (2, elements, 1), (8, 1000, 1), (1, 600, 54)]
            .map {
                count,
                elements,
                depth in
                CostlyDocument(
                    name: "\(count) prefixes for \(elements) elements at depth \(depth + 5)",
                    attributes: value(nested(depth, many(elements) { _ in "<x/>" })),
                    declarations: many(count) { " xmlns:p\($0)=\"urn:p\"" },
                    prefixes: (0..<count).map { "p\($0)" }
                )
            }
    }

    private static let eightAttributes = "<x \(many(8) { "a\($0)='' " })/>"

    private static func role(_ number: Int) -> String {
        "<saml:AttributeValue xmlns:xs=\"urn:xs\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
            + "xsi:type=\"xs:string\">company-a_R\(number)</saml:AttributeValue>"
    }

    private static func value(_ content: String) -> String {
        "<saml:Attribute Name=\"n\"><saml:AttributeValue>\(content)</saml:AttributeValue></saml:Attribute>"
    }

    private static func many(_ count: Int, _ text: (Int) -> String) -> String {
        (0..<count).map(text).joined()
    }

    private static func run(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    private static func nested(_ depth: Int, _ content: String) -> String {
        self.run("<x>", depth) + content + self.run("</x>", depth)
    }
}
