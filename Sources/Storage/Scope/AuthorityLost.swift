/// Whoever wanted to change something in a workspace had the right to when they asked, and has it no more (behavior T6).
package struct AuthorityLost: Error, Hashable, Sendable {}
