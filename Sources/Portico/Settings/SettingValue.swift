/// The text of a setting and where it was found.
struct SettingValue: Hashable, Sendable {
    /// The text, or the texts of a list, trimmed; never empty.
    let texts: [String]

    /// Where it was given.
    let origin: SettingOrigin

    /// The name under which it was given there, with `_file` where the text was read from a file.
    let name: String

    /// The name as it is spelled in that place.
    var spelling: String { self.origin.spelling(of: self.name) }
}
