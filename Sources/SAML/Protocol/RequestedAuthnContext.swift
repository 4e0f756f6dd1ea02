/// The classes of authentication of which a request wants one, exactly (saml-core 3.3.2.2.1).
///
/// Nothing tells how strong one class is beside another, so that `minimum`, `maximum` and `better` are never asked for.
package struct RequestedAuthnContext: Hashable, Sendable {
    /// How many classes a request may name.
    package static let maximumCount = 8

    /// The classes as URIs, 1 to ``maximumCount``, none of them twice, in the order of preference.
    package let classRefs: [String]

    /// Takes classes; `nil` when there is none, when there are too many, or when one of them is neither a URI nor a name.
    ///
    /// - Parameter classRefs: URIs of at most 256 bytes of visible ASCII, or names of saml-authn-context 3.4 such as
    ///   `PasswordProtectedTransport`.
    package init?(_ classRefs: [String]) {
        var unique: [String] = []
        for text in classRefs {
            guard let classRef = Self.classRef(text) else { return nil }
            if !unique.contains(where: { $0.utf8.elementsEqual(classRef.utf8) }) { unique.append(classRef) }
        }
        guard !unique.isEmpty, unique.count <= Self.maximumCount else { return nil }
        self.classRefs = unique
    }

    /// Whether a class is one of those that are wanted, compared character by character.
    package func contains(_ classRef: String) -> Bool {
        self.classRefs.contains { $0.utf8.elementsEqual(classRef.utf8) }
    }

    private static func classRef(_ text: String) -> String? {
        if Self.names.contains(text) { return Self.namespace + text }
        let bytes = text.utf8
        guard (1...256).contains(bytes.count), bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        // An absolute URI has a scheme and something behind it (RFC 3986, section 3).
        let scheme = text.prefix { $0 != ":" }.utf8
        guard let first = scheme.first, Self.isLetter(first), scheme.count + 1 < bytes.count else { return nil }
        guard scheme.allSatisfy({ Self.isLetter($0) || Self.schemeMarks.contains($0) }) else { return nil }
        return text
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20)
    }

    private static let schemeMarks = Set("0123456789+-.".utf8)

    private static let namespace = "urn:oasis:names:tc:SAML:2.0:ac:classes:"

    /// The classes of saml-authn-context 3.4 behind their common namespace.
    private static let names: Set<String> = [
        "InternetProtocol", "InternetProtocolPassword", "Kerberos", "MobileOneFactorUnregistered",
        "MobileTwoFactorUnregistered", "MobileOneFactorContract", "MobileTwoFactorContract", "Password",
        "PasswordProtectedTransport", "PreviousSession", "X509", "PGP", "SPKI", "XMLDSig", "Smartcard", "SmartcardPKI",
        "SoftwarePKI", "Telephony", "NomadTelephony", "PersonalTelephony", "AuthenticatedTelephony",
        "SecureRemotePassword", "TLSClient", "TimeSyncToken", "unspecified",
    ]
}
