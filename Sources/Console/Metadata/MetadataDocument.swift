package import FoundationEssentials
package import SAML
package import SAMLBindings
package import Workspaces
import XMLSecurity

/// An identity provider's metadata that was read, with its certificates ready to be pinned.
package struct MetadataDocument: Hashable, Sendable {
    /// What the role says.
    package let metadata: IdPMetadata

    /// Its signing certificates, in the order of the document.
    package let certificates: [PinnedCertificate]

    /// Reads a document.
    ///
    /// - Parameters:
    ///   - bytes: The document as it came.
    ///   - entityID: The entity that is meant; may be nil for a document of one.
    ///   - now: The present.
    /// - Throws: The first reason not to take it.
    package init(_ bytes: [UInt8], entityID: EntityID?, now: Date) throws(MetadataRejection) {
        let metadata = try IdPMetadataReader.read(bytes, entityID: entityID, now: now)
        do throws(CertificateRejection) {
            self.certificates = try metadata.signingCertificates.map { der throws(CertificateRejection) in
                PinnedCertificate(try SigningCertificate(der: der))
            }
        } catch {
            throw .certificate(error)
        }
        self.metadata = metadata
    }
}
