import FoundationEssentials
import SAML
import SAMLBindings
import SAMLTesting
import XMLSecurity

/// Metadata documents that are made to cost as much as they can in 128 KiB: what is in Extensions is parsed like the rest,
/// and read by nobody.
struct CostlyMetadata {
    private let keys: CostlyKeys
    private let now: Date

    init(_ keys: CostlyKeys, now: Date) {
        self.keys = keys
        self.now = now
    }

    /// A row for each document.
    func rows() -> [CostRow] {
        [
            ("elements", { _ in "<x/>" }), ("texts", { _ in "<x>a</x>" }), ("attributes", { _ in "<x a=\"\"/>" }),
            ("eight attributes each", { _ in "<x \((0..<8).map { "a\($0)=''" }.joined(separator: " "))/>" }),
            ("namespaces", { _ in "<p:x xmlns:p=\"u:a\"/>" }), ("identifiers", { "<x id=\"\($0)\"/>" }),
            ("key descriptors", { self.keyDescriptor($0) }),
        ]
        .map { name, element in self.row("metadata, \(name)", element) }
    }

    private func row(_ name: String, _ element: (Int) -> String) -> CostRow {
        let limits = XMLLimits.samlMetadata
        var content = ""
        // As many as there is room for beside the role, and as the limits of metadata let pass.
        for number in 0..<(limits.elementCount - 20) {
            let next = element(number)
            guard content.utf8.count + next.utf8.count < 126 * 1024 else { break }
            content += next
        }
        let isKeys = content.hasPrefix("<md:KeyDescriptor")
        let document = Array(self.document(extensions: isKeys ? "" : content, keys: isKeys ? content : "").utf8)
        let now = self.now
        return CostRow(
            name,
            keys: self.keys.name,
            byteCount: document.count,
            strangers: self.keys.strangers,
            own: self.keys.own
        ) { _ throws(ResponseRejection) in
            do throws(MetadataRejection) {
                _ = try IdPMetadataReader.read(document, now: now)
            } catch {
                throw ResponseRejection(.xmlInvalid, rule: "IdPMetadataReader", got: "\(error)")
            }
        }
    }

    /// A KeyDescriptor with one of eight certificates, as many as are taken.
    private func keyDescriptor(_ number: Int) -> String {
        let certificates = [self.keys.signer.certificate] + self.keys.strangers.dropLast()
        let certificate = certificates[number % certificates.count].pem.split(separator: "\n").dropFirst().dropLast()
            .joined()
        return "<md:KeyDescriptor use=\"signing\"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\(certificate)"
            + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>"
    }

    private func document(extensions: String, keys: String) -> String {
        """
        <md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" \
        entityID="https://idp.example/metadata"><md:Extensions>\(extensions)</md:Extensions>\
        <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">\(self.keyDescriptor(0))\(keys)\
        <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" \
        Location="https://idp.example/sso"/></md:IDPSSODescriptor></md:EntityDescriptor>
        """
    }
}
