/// The domain of an e-mail address, in lower case and with international labels as A-labels (RFC 5890, 2.3.2.1).
///
/// Two domains are the same exactly when they are equal: a subdomain is another domain (behavior D2).
package struct EmailDomain: Hashable, Sendable, CustomStringConvertible {
    /// The greatest length in characters (RFC 1035, 2.3.4).
    package static let maximumLength = 253

    /// The name, such as `company-a.example` or `xn--bcher-kva.example`.
    package let value: String

    /// Takes a domain as a person or an identity provider wrote it.
    ///
    /// - Returns: `nil` unless the name has at least two labels, each of 1 to 63 letters, digits and inner hyphens, and
    ///   a last label that is not a number (RFC 3696, 2). A name outside ASCII must have a form in A-labels.
    package init?(_ text: String) {
        guard let ascii = InternationalDomainName.aLabels(of: text), ascii.utf8.count <= Self.maximumLength else {
            return nil
        }
        let labels = ascii.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(Self.isLabel) else { return nil }
        guard let last = labels.last, !last.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        self.value = ascii
    }

    /// The labels from left to right.
    package var labels: [Substring] { self.value.split(separator: ".") }

    package var description: String { self.value }

    private static func isLabel(_ label: Substring) -> Bool {
        let bytes = label.utf8
        let hyphen = UInt8(ascii: "-")
        guard (1...63).contains(bytes.count), bytes.first != hyphen, bytes.last != hyphen else { return false }
        return bytes.allSatisfy { $0.isASCIIAlphanumeric || $0 == hyphen }
    }
}
