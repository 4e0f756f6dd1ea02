import XMLSecurity

/// What one element of SAML may hold.
///
/// The schema's elements are global, so a name has one grammar wherever it stands.
struct ElementGrammar: Sendable {
    /// One place in a sequence of children.
    struct Particle: Sendable {
        let names: [XMLName]
        let count: ClosedRange<Int>

        /// Exactly one of these elements.
        static func one(_ names: XMLName...) -> Particle { Particle(names: names, count: 1...1) }
        /// One of these elements, or none.
        static func optional(_ names: XMLName...) -> Particle { Particle(names: names, count: 0...1) }
        /// Any number of these elements in any order.
        static func any(_ names: XMLName...) -> Particle { Particle(names: names, count: 0...Int.max) }
        /// At least one of these elements.
        static func some(_ names: XMLName...) -> Particle { Particle(names: names, count: 1...Int.max) }
    }

    /// What stands between the tags.
    enum Content: Sendable {
        /// Text alone.
        case text
        /// Children in this order, and no text.
        case sequence([Particle])
        /// The same, and at most one signature anywhere among them: the schema wants it behind the Issuer, and widely
        /// used signing libraries put it at the end.
        case signable([Particle])
        /// Text, or elements of other vocabularies.
        case attributeValue
        /// Elements of these namespaces, at any depth, which another check reads.
        case sealed([String])
        /// One encrypted element, whose form `XMLSecurity` reads.
        case encrypted

        /// The children in their order; none where the content is no sequence.
        var particles: [Particle] {
            switch self {
            case .sequence(let particles), .signable(let particles): particles
            case .text, .attributeValue, .sealed, .encrypted: []
            }
        }
    }

    let content: Content
    let requiredAttributes: [String]
    let optionalAttributes: [String]
    let foreignAttributes: ForeignAttributes

    /// Which attributes of other namespaces an element may have.
    enum ForeignAttributes: Sendable {
        /// `xsi:type`, `xsi:nil` and `xml:lang` alone (saml-security A20).
        case schemaInstanceOnly
        /// Any, as the schema allows on this element; nobody reads them.
        case any
    }

    init(
        _ content: Content,
        required: [String] = [],
        optional: [String] = [],
        foreign: ForeignAttributes = .schemaInstanceOnly
    ) {
        self.content = content
        self.requiredAttributes = required
        self.optionalAttributes = optional
        self.foreignAttributes = foreign
    }
}
