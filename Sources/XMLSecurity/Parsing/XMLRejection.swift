/// Why bytes were refused as XML.
///
/// No case carries text of the document, so that a description is safe in a log.
package enum XMLRejection: Error, Hashable, Sendable {
    /// There are no bytes.
    case empty
    /// There are more bytes than the limit.
    case tooLarge
    /// The bytes are not UTF-8, or declare another encoding.
    case notUTF8
    /// A NUL byte: libxml2 would ignore what follows it.
    case containsNUL
    /// A document type, comment or CDATA section: anything that begins with `<!`.
    case forbiddenMarkup
    /// A processing instruction, or an XML declaration out of place.
    case processingInstruction
    /// More attributes on one tag or in all than the limit.
    case tooManyAttributes
    /// More namespace declarations on one tag, in scope or in all than the limit.
    case tooManyNamespaces
    /// More elements than the limit, by themselves or with their attributes and namespace declarations.
    case tooManyElements
    /// More identifiers than the limit.
    case tooManyIdentifiers
    /// Elements nested deeper than the limit, or too many of them too deep.
    case tooDeep
    /// Long namespace names that canonicalization would repeat too often.
    case tooMuchExpansion
    /// Not well-formed, or anything else that the parser warns about.
    case malformed
    /// Well-formed, but with an undeclared prefix or a bad namespace name.
    case namespaceMalformed
    /// More combining marks in a row than any language needs.
    case tooManyMarks
    /// A node that is neither element nor text.
    case unexpectedNode
    /// Two identifiers with one value, in attributes named `id` in any case.
    case duplicateID
    /// An element that should hold text alone holds elements.
    case notTextOnly
    /// The library failed, for lack of memory for example.
    case libraryFailure
}

extension XMLRejection: CustomStringConvertible {
    /// A sentence that is safe to show and to log.
    package var description: String {
        switch self {
        case .empty: "The document is empty."
        case .tooLarge: "The document is larger than the limit."
        case .notUTF8: "The document is not UTF-8."
        case .containsNUL: "The document contains a NUL byte."
        case .forbiddenMarkup: "The document contains a document type, a comment or a CDATA section."
        case .processingInstruction: "The document contains a processing instruction."
        case .tooManyAttributes: "There are too many attributes."
        case .tooManyNamespaces: "There are too many namespace declarations."
        case .tooManyElements: "The document has too many elements."
        case .tooManyIdentifiers: "The document has too many identifiers."
        case .tooDeep: "The elements are nested too deeply."
        case .tooMuchExpansion: "The namespace names are too long for how often they are used."
        case .malformed: "The document is not well-formed XML."
        case .namespaceMalformed: "The document has an undeclared or malformed namespace."
        case .tooManyMarks: "The document has text with too many combining marks in a row."
        case .unexpectedNode: "The document has a node that is neither element nor text."
        case .duplicateID: "Two elements have the same identifier."
        case .notTextOnly: "An element that should hold text alone holds elements."
        case .libraryFailure: "The XML library failed."
        }
    }
}
