/// Why nothing was fetched.
///
/// A host or an address is named where the operator must know which one; nothing that a server sent is.
package enum FetchFailure: Error, Hashable, Sendable {
    /// Not an https URL of a closed form.
    case urlRefused
    /// The name has no address.
    case notResolved(host: String)
    /// The name resolves to an address that is not public and not allowed.
    case addressRefused(host: String, address: String)
    /// No address accepts a connection.
    case unreachable(host: String)
    /// The server's certificate is not trusted for this name, or no common TLS version was found.
    case tlsRefused(host: String)
    /// It took longer than allowed.
    case timedOut(host: String)
    /// The document is longer than allowed.
    case tooLarge(bytes: Int)
    /// One redirection after another.
    case tooManyRedirections
    /// A redirection to something else than an https URL.
    case redirectionRefused(host: String)
    /// Another status than 200.
    case status(Int, host: String)
    /// An answer that is no HTTP, that ends early, or that is compressed although nobody asked for it.
    case answerMalformed(host: String)
}

extension FetchFailure {
    /// What a workspace is told of it: which names and addresses there are around the gateway is the operator's business.
    package var wordsForWorkspace: String {
        switch self {
        case .notResolved, .addressRefused:
            "The address leads to no host of the public Internet. Correct it. Where your provider is inside your own network,"
                + " the operator of Portico can allow its address (PORTICO_FETCH_ALLOW)."
        case .unreachable, .tlsRefused, .timedOut, .answerMalformed:
            "Nothing that can be trusted answers at the address. Check it, or try again later."
        case .urlRefused, .tooLarge, .tooManyRedirections, .redirectionRefused, .status:
            self.description
        }
    }
}

extension FetchFailure: CustomStringConvertible {
    /// A sentence for the operator that says who must do what.
    package var description: String {
        switch self {
        case .urlRefused:
            "This is not an https URL without user name and fragment. Give the address as https://host/path, or"
                + " download the document and name the file."
        case .notResolved(let host):
            "\(host) does not resolve on this machine. Correct the address, or the machine's name servers."
        case .addressRefused(let host, let address):
            "\(host) has the address \(address), which is not of the public Internet. If it is meant, the operator allows"
                + " it in PORTICO_FETCH_ALLOW; otherwise correct the address."
        case .unreachable(let host):
            "\(host) accepts no connection. Check the address, and the firewall between."
        case .tlsRefused(let host):
            "\(host) does not prove by TLS that it is that host. Its certificate must be valid for this name and come from"
                + " an authority that this machine trusts."
        case .timedOut(let host):
            "\(host) took too long to answer. Try again, or download the document and name the file."
        case .tooLarge(let bytes):
            "The document is longer than \(bytes / 1024) KiB. Give the address of one entity's document alone."
        case .tooManyRedirections:
            "The address redirects too often. Give the address where the document is in the end."
        case .redirectionRefused(let host):
            "\(host) redirects to something that is no https URL. Give the address where the document is in the end."
        case .status(let status, let host):
            "\(host) answers with status \(status) instead of the document. Check that the address is right and wants no"
                + " sign-in."
        case .answerMalformed(let host):
            "\(host) sends no complete HTTP answer. Try again, or download the document and name the file."
        }
    }
}
