import CXMLSec
import Testing

@testable import XMLSecurity

/// Compares what the header says of xmlsec1's structures with what the library does.
///
/// Without `XMLSEC_NO_SIZE_T` in the shim, Swift reads `maxSize` at the wrong place: 1 instead of 8224, and memory is
/// corrupted silently everywhere else.
@Suite("System libraries' binary interface")
struct SystemLibraryABITests {
    @Test func readsABufferWhereTheLibraryWroteIt() throws {
        #expect(CryptographyLibraries.start())
        guard let buffer = unsafe xmlSecBufferCreate(8224) else { throw SignatureRejection.libraryFailure }
        defer { unsafe xmlSecBufferDestroy(buffer) }
        let read = unsafe buffer.pointee.maxSize
        let told = unsafe xmlSecBufferGetMaxSize(buffer)
        #expect(read == told)
        let size = unsafe MemoryLayout<xmlSecBuffer>.size
        #expect(size == 24)
    }

    @Test func readsTheSignatureContextWhereTheLibraryWroteIt() throws {
        #expect(CryptographyLibraries.start())
        guard let context = unsafe xmlSecDSigCtxCreate(nil) else { throw SignatureRejection.libraryFailure }
        defer { unsafe xmlSecDSigCtxDestroy(context) }
        let size = unsafe xmlSecPtrListGetSize(&context.pointee.manifestReferences)
        #expect(size == 0)
        let isUnknown = unsafe context.pointee.status == xmlSecDSigStatusUnknown
        #expect(isUnknown)
        let transforms = unsafe context.pointee.enabledReferenceTransforms == nil
        #expect(transforms)
    }

    @Test func wasCompiledForTheLibraryThatIsLoaded() {
        #expect(portico_xmlsec_check_version() == 1)
    }
}
