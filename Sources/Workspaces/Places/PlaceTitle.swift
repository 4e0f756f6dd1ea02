/// What a name of a space or a project for human eyes may look like.
package enum PlaceTitle {
    /// What to say of a title that is none.
    package static let mistake = "Give a title of 1 to 200 characters, without line breaks."

    /// What to say of a title that another space has: a title names one space of the workspace (behavior G4).
    static func mistake(_ title: String, isOf space: String) -> String {
        "The space \(space) is called “\(title)” already. Give each space its own title."
    }

    /// A title as it was typed, without the white space around it.
    package static func normalized(_ text: String) -> String { XMLWhitespace.trimming(text) }

    /// Whether the text may be a title.
    package static func isAcceptable(_ text: String) -> Bool {
        (1...200).contains(text.unicodeScalars.count)
            && text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}
