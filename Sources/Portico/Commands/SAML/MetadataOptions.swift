import ArgumentParser
import SAML
import Workspaces

/// The flags of `saml configure` that are about metadata.
struct MetadataOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The identity provider's metadata, instead of sign-in URL, issuer and certificates.",
            valueName: "file-or-url"
        )
    )
    var metadata: String?

    @Option(
        name: .customLong("entity-id"),
        help: ArgumentHelp("The entity that is meant in metadata of several.", valueName: "uri")
    )
    var entityID: String?

    @Option(
        name: .customLong("metadata-refresh"),
        help: ArgumentHelp(
            "pinned, automatic or off: whether a new certificate of metadata from a URL waits for you, counts at once, or is"
                + " not looked for.",
            valueName: "mode"
        )
    )
    var refresh: MetadataRefreshMode?

    @Flag(help: "Save what the metadata changes without asking at a terminal.")
    var yes = false

    @Flag(help: "Save nothing; only show what the metadata would change.")
    var dryRun = false

    /// The entity that is meant; nil where none was named.
    var entity: EntityID? { self.entityID.flatMap(EntityID.init) }

    mutating func validate() throws {
        guard self.metadata != nil else {
            guard self.entityID == nil, !self.yes, !self.dryRun else {
                throw ValidationError("--entity-id, --yes and --dry-run go with --metadata")
            }
            return
        }
        if self.entityID != nil, self.entity == nil {
            throw ValidationError("--entity-id is empty, too long, or has white space around it")
        }
    }
}
