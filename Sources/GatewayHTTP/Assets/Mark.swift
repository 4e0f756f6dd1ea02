/// Portico's mark, a pediment over an open arch between two columns, as the icon of a browser tab.
package enum Mark {
    static let icon = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">\
        <rect width="32" height="32" rx="7" fill="#1d5a4f"/>\
        <path fill="#fdf3d8" d="\(Self.path)" transform="translate(4 4) scale(.75)"/></svg>

        """

    /// The outline on a square of 32: roof, then the wall with the arch cut out of it, then the step.
    package static let path = """
        M16 1.5 30 9v2.5H2V9zM4 13.5h24V26h-5.5v-4.2a6.5 6.5 0 0 0-13 0V26H4zM2 28h28v2.5H2z
        """
}
