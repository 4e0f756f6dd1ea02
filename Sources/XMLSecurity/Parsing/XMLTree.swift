import CXMLSec

/// A document tree of libxml2, parsed strictly; frees it.
///
/// What the options mean: `XML_PARSE_NONET`, and `XML_PARSE_IGNORE_ENC`, since the pre-lexer has seen that the bytes are
/// UTF-8 and that nothing else is declared: libxml2 reads them where they are, and converts nothing. No entity is expanded
/// (`NOENT`), no DTD is read (`DTDLOAD`, `DTDATTR`), nothing is repaired (`RECOVER`), libxml2's own limits stay on (`HUGE`).
@safe
final class XMLTree {
    /// The tree; valid as long as this object is.
    let pointer: xmlDocPtr
    /// The bytes that were parsed, kept so that they can be parsed anew for a verification, which changes its tree.
    let bytes: [UInt8]
    /// The limits that the bytes were held to.
    let limits: XMLLimits

    private init(owning pointer: xmlDocPtr, bytes: [UInt8], limits: XMLLimits) {
        unsafe self.pointer = pointer
        self.bytes = bytes
        self.limits = limits
    }

    deinit {
        unsafe xmlFreeDoc(self.pointer)
    }

    /// Parses bytes that the pre-lexer has accepted.
    ///
    /// Any message of the parser, even a warning, refuses the document, and so does the first sign of a DTD.
    static func parse(
        _ bytes: [UInt8],
        limits: XMLLimits,
        comments: XMLComments = .refused
    ) throws(XMLRejection) -> XMLTree {
        guard CryptographyLibraries.start() else { throw .libraryFailure }
        guard let context = unsafe xmlNewParserCtxt() else { throw .libraryFailure }
        defer { unsafe xmlFreeParserCtxt(context) }
        unsafe self.refuseDeclarations(context)
        // Without this handler the parser makes no node of a comment and joins the text around it.
        if comments == .dropped { unsafe context.pointee.sax?.pointee.comment = nil }
        // Read where they stand, up to a NUL: there is none among them. A parser that knows where its input ends tries to
        // read on at every step through the last 250 bytes.
        let document = unsafe withUnsafeTemporaryAllocation(of: xmlChar.self, capacity: bytes.count + 1) { text in
            let end = unsafe text.initialize(fromContentsOf: bytes)
            unsafe text.initializeElement(at: end, to: 0)
            return unsafe xmlCtxtReadDoc(
                context,
                text.baseAddress,
                nil,
                nil,
                Int32(XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue)
            )
        }
        let tree = unsafe document.map { unsafe XMLTree(owning: $0, bytes: bytes, limits: limits) }
        // A message stops the parser, which sets errNo.
        guard unsafe context.pointee.nsWellFormed == 1 else { throw .namespaceMalformed }
        guard
            let tree, let document = unsafe document, unsafe context.pointee.wellFormed == 1,
            unsafe context.pointee.errNo == 0, unsafe context.pointee.disableSAX == 0
        else { throw .malformed }
        guard unsafe document.pointee.intSubset == nil, unsafe document.pointee.extSubset == nil else {
            throw .forbiddenMarkup
        }
        if let encoding = unsafe document.pointee.encoding {
            guard unsafe String(cString: encoding).uppercased() == "UTF-8" else { throw .notUTF8 }
        }
        return tree
    }

    /// Stops the parser at the first message and the first trace of a document type.
    private static func refuseDeclarations(_ context: xmlParserCtxtPtr) {
        guard let handlers = unsafe context.pointee.sax else { return }
        unsafe handlers.pointee.serror = { context, _ in unsafe XMLTree.stop(context) }
        unsafe handlers.pointee.internalSubset = { context, _, _, _ in unsafe XMLTree.stop(context) }
        unsafe handlers.pointee.externalSubset = { context, _, _, _ in unsafe XMLTree.stop(context) }
        unsafe handlers.pointee.entityDecl = { context, _, _, _, _, _ in unsafe XMLTree.stop(context) }
        unsafe handlers.pointee.reference = { context, _ in unsafe XMLTree.stop(context) }
    }

    /// Makes the parser end, as `xmlStopParser` does, which would also free the input: libxml2 calls handlers while it still
    /// holds pointers into it, such as those to the other attributes when an `xml:id` is no NCName.
    private static func stop(_ context: UnsafeMutableRawPointer?) {
        guard let context = unsafe context?.assumingMemoryBound(to: xmlParserCtxt.self) else { return }
        unsafe context.pointee.instate = XML_PARSER_EOF
        unsafe context.pointee.disableSAX = 1
        unsafe context.pointee.wellFormed = 0
    }
}
