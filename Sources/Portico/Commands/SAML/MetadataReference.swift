import Console
import Fetching
import Foundation
import SAML
import SAMLBindings
import Workspaces

/// Metadata that an operator names: a URL or a file, and the entity that is meant in it.
struct MetadataReference: Sendable {
    /// The URL, or the path of the file; what has a scheme is fetched, everything else is a file.
    let source: String
    /// The entity that is meant; nil in metadata of one.
    let entityID: EntityID?
    /// What names the entity where several are: the words of the command line or of a file.
    let entityHint: String

    /// What a configuration remembers of it.
    var origin: MetadataOrigin { self.isURL ? .url(self.source) : .file }

    /// Whether it is fetched.
    var isURL: Bool { self.source.contains("://") }

    /// Reads the metadata.
    ///
    /// - Throws: ``CommandRefusal``, which names the source.
    func document(in context: OperatorContext) async throws -> MetadataDocument {
        let bytes = try await self.bytes(in: context)
        do throws(MetadataRejection) {
            return try MetadataDocument(bytes, entityID: self.entityID, now: context.now)
        } catch .severalEntities(let names) {
            let rejection = MetadataRejection.severalEntities(names)
            throw CommandRefusal("\(self.source): \(rejection.description) \(self.entityHint)")
        } catch {
            throw CommandRefusal("\(self.source): \(error.description)")
        }
    }

    private func bytes(in context: OperatorContext) async throws -> [UInt8] {
        guard self.isURL else { return try MetadataFile.read(self.source) }
        do {
            return try await context.settings.fetches.fetcher.fetch(FetchURL(self.source))
        } catch let failure as FetchFailure {
            throw CommandRefusal("\(self.source): \(failure.description)")
        }
    }
}
