import Foundation
import XMLSecurity

/// Reads the metadata that an operator names by file.
enum MetadataFile {
    /// Reads a file.
    ///
    /// - Throws: ``CommandRefusal`` for one that cannot be read or is longer than metadata may be.
    static func read(_ path: String) throws -> [UInt8] {
        let maximumSize = XMLLimits.samlMetadata.byteCount
        let bytes: Data?
        do {
            let handle = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? handle.close() }
            bytes = try handle.read(upToCount: maximumSize + 1)
        } catch {
            throw CommandRefusal("\(path) cannot be read: check the path and that this user may read it")
        }
        guard let bytes, !bytes.isEmpty else {
            throw CommandRefusal("\(path) is empty: download the identity provider's metadata again")
        }
        guard bytes.count <= maximumSize else {
            throw CommandRefusal(
                "\(path) is longer than 1 MiB: name a file with the metadata of the identity provider alone"
            )
        }
        return Array(bytes)
    }
}
