/// Somebody else gave a person a role after somebody looked at them.
package struct RoleChangedMeanwhile: Error, Hashable, Sendable {}
