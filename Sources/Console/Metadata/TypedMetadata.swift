import GatewayHTTP
import Workspaces

/// The metadata that somebody gives: an address, a text, or a file.
struct TypedMetadata {
    let url: String
    let text: String
    let file: [UInt8]?
    /// The name of a file whose content did not come along, because another button sent the form.
    let missingFile: String
    let entityID: String?

    /// Reads the form.
    ///
    /// - Throws: `form_invalid` for a form that our page cannot have sent.
    init(_ form: Form) throws(RequestRefusal) {
        self.url = Self.trimmed(try form.optionalValue("idp_metadata_url") ?? "")
        self.text = try form.optionalValue("idp_metadata") ?? ""
        self.file = try form.optionalFile("idp_metadata_file")
        self.missingFile = try form.optionalValue("idp_metadata_file") ?? ""
        self.entityID = try form.optionalValue("entity_id")
    }

    /// Whether anything was given, which is to be looked at before anything is saved.
    var isGiven: Bool { !self.url.isEmpty || self.hasText || self.file != nil || !self.missingFile.isEmpty }

    /// Whether there is a text.
    var hasText: Bool { !self.text.allSatisfy(\.isWhitespace) }

    /// The field of the way that was used.
    var field: String {
        self.hasText ? "idp_metadata" : self.file == nil ? "idp_metadata_url" : "idp_metadata_file"
    }

    /// How many of the ways were used.
    var count: Int { [!self.url.isEmpty, self.hasText, self.file != nil].count { $0 } }

    /// The longest text that stands in the form again, in bytes of UTF-8.
    static let maximumShownLength = 64 * 1_024

    /// The text as it stands in its field when the form is shown again; a longer one has to be given anew.
    var shownText: String { Self.shown(self.text) ?? "" }

    /// Whether there is a text that is too long to be shown again.
    var isTooLongToShow: Bool { Self.shown(self.text) == nil }

    /// What is said where the text does not stand in its field again.
    var wordsOfLoss: String {
        self.isTooLongToShow ? " The text is too long to stand here again: paste it anew." : ""
    }

    /// What is in the file, which stands in the field of the text where only the choice between its entities is left: no
    /// browser sends a file that it was not given anew.
    ///
    /// - Returns: `nil` where there is no file, or it cannot stand there.
    var fileText: String? {
        guard !self.hasText, let file, file.count <= Self.maximumShownLength else { return nil }
        return String(validating: file, as: UTF8.self)
    }

    private static func shown(_ text: String) -> String? {
        text.utf8.count <= Self.maximumShownLength ? text : nil
    }

    /// An address often comes with a space or a line break that somebody copied along.
    private static func trimmed(_ text: String) -> String {
        let beginning = text.drop(while: \.isWhitespace)
        return String(beginning.reversed().drop(while: \.isWhitespace).reversed())
    }
}
