package import Workspaces

/// The mappings are not those any more that somebody's change began from.
package struct MappingsChangedMeanwhile: Error, Hashable, Sendable {
    /// The mappings as they are.
    package let current: GroupMappings
}
