package import HTTPTypes

/// Whether a person's browser wants a page, or a program wants an answer (interface 3).
package enum RequestKind: Hashable, Sendable {
    /// A browser goes to a page: answered with HTML.
    case navigation
    /// Anything else: answered with JSON.
    case program

    /// Reads the kind of a request off its headers.
    ///
    /// A browser that sends Fetch Metadata says so itself; without it, whoever accepts HTML is taken for a browser.
    package init(_ headers: HTTPFields) {
        if let mode = headers[.secFetchMode] {
            self = mode == "navigate" ? .navigation : .program
            return
        }
        guard headers[.secFetchSite] == nil else {
            self = .program
            return
        }
        let acceptsHTML = headers[values: .accept].contains { $0.lowercased().contains("text/html") }
        self = acceptsHTML ? .navigation : .program
    }
}
