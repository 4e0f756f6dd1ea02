import XMLSecurity

/// The grammars of all elements with numbers in place of names, because a message is held to them twice.
struct GrammarTable: Sendable {
    /// One place in a sequence of children.
    struct Particle: Sendable {
        let names: XMLVocabulary.Names
        let count: ClosedRange<Int>
        /// What the names are called where one is missing.
        let description: String

        /// Whether one more child may stand here after so many.
        func takes(_ number: Int, after count: Int) -> Bool {
            self.names.contains(number) && count < self.count.upperBound
        }
    }

    /// One element's grammar; a class, because a message is led along a hundred of them.
    final class Row: Sendable {
        let content: ElementGrammar.Content
        /// The children in their order, for content that has any.
        let particles: [Particle]
        let allowedAttributes: XMLVocabulary.Names
        let requiredAttributes: XMLVocabulary.Names
        let foreignAttributes: ElementGrammar.ForeignAttributes
        /// Whether the element must say its version.
        let hasVersion: Bool

        init(_ grammar: ElementGrammar, elements: XMLVocabulary, attributes: XMLVocabulary) {
            func numbers(_ names: [String]) -> XMLVocabulary.Names {
                attributes.numbers(of: names.map { XMLName("", $0) })
            }
            self.content = grammar.content
            self.particles = grammar.content.particles.map { particle in
                Particle(
                    names: elements.numbers(of: particle.names),
                    count: particle.count,
                    description: particle.names.map(\.localName).joined(separator: " or ")
                )
            }
            self.allowedAttributes = attributes.numbers(of: GrammarTable.everywhere)
                .union(numbers(grammar.requiredAttributes)).union(numbers(grammar.optionalAttributes))
            self.requiredAttributes = numbers(grammar.requiredAttributes)
            self.foreignAttributes = grammar.foreignAttributes
            self.hasVersion = grammar.requiredAttributes.contains("Version")
        }
    }

    /// The elements, whose numbers are the indices of the rows.
    let elements: XMLVocabulary
    /// Every attribute that some element may have, those of other vocabularies left out.
    let attributes: XMLVocabulary
    let rows: [Row]

    /// Attributes that every element may have (saml-security A20).
    private static let everywhere = [
        XMLName(SAMLNamespace.schemaInstance, "type"), XMLName(SAMLNamespace.schemaInstance, "nil"),
        XMLName(SAMLNamespace.xml, "lang"),
    ]

    init(_ grammars: [XMLName: ElementGrammar]) {
        let elements = XMLVocabulary(Array(grammars.keys))
        let own = Set(grammars.values.flatMap { $0.requiredAttributes + $0.optionalAttributes })
        let attributes = XMLVocabulary(Self.everywhere + own.map { XMLName("", $0) })
        self.elements = elements
        self.attributes = attributes
        self.rows = elements.names.compactMap { grammars[$0] }
            .map { Row($0, elements: elements, attributes: attributes) }
    }
}
