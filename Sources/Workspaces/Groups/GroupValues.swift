/// How an identity provider writes several groups (behavior G2).
package enum GroupValues: String, Hashable, Sendable, CaseIterable {
    /// A value for each group.
    case separate
    /// One value with commas between the groups, as PingOne sends them.
    case comma
}
