/// The drawings within a line of text, which repeat what the text says and are hidden from screen readers.
package enum Icons {
    /// That something is wrong.
    package static let warning = Self.icon(
        "M12 2.6 23 21.4H1zM12 5.6 3.6 19.9h16.8zM11.1 10h1.8l-.3 5h-1.2zM11 16.4h2v2h-2z"
    )
    /// That something is kept.
    package static let lock = Self.icon(
        "M7 10V7a5 5 0 0 1 10 0v3h2v11H5V10zM9 10h6V7a3 3 0 0 0-6 0zM7 12v7h10v-7zM11 14h2v3h-2z"
    )
    /// That something is done.
    package static let check = Self.icon("M9.4 18.2 3.6 12.4 5 11l4.4 4.4L19 5.8l1.4 1.4z")

    /// That something can be copied.
    package static let copy = Self.icon("M8 3h12v14H8zM10 5v10h8V5zM4 7h2v12h10v2H4z")
    /// That a link leads on.
    package static let arrow = Self.icon("M13 5l7 7-7 7-1.4-1.4 4.6-4.6H4v-2h12.2l-4.6-4.6z")

    private static func icon(_ path: String) -> String {
        "<svg viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path fill-rule=\"evenodd\" d=\"\(path)\"/></svg>"
    }
}
