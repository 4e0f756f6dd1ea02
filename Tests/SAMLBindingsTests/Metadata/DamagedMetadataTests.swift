import SAML
import SAMLBindings
import Testing
import XMLSecurity

/// Metadata that was cut off or altered at any place: it is read or refused, and what is read is not made up.
@Suite("Damaged IdP metadata")
struct DamagedMetadataTests {
    @Test
    func refusesEveryDocumentThatEndsEarly() throws {
        let bytes = Array(try MetadataSample().document.utf8)
        for count in 0..<bytes.count {
            #expect(throws: MetadataRejection.self, "cut after \(count) bytes") {
                try IdPMetadataReader.read(Array(bytes.prefix(count)), now: MetadataSample.now)
            }
        }
    }

    @Test(arguments: [UInt8(ascii: "<"), UInt8(ascii: "\""), UInt8(ascii: "A")])
    func takesNoOtherKeyWhateverByteStandsAnywhere(_ byte: UInt8) throws {
        let sample = try MetadataSample()
        let document = sample.document.replacing(sample.role, with: sample.serviceProviderRole + sample.role)
        let bytes = Array(document.utf8)
        for index in bytes.indices where bytes[index] != byte {
            var damaged = bytes
            damaged[index] = byte
            do throws(MetadataRejection) {
                let metadata = try IdPMetadataReader.read(damaged, now: MetadataSample.now)
                // The base64 of the role's own certificate may have been hit.
                let isForeign = metadata.signingCertificates.contains(sample.foreign.der)
                #expect(!isForeign && metadata.signingCertificates.count == 1, "byte \(index)")
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }
}
