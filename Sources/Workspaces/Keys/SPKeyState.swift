/// Where a key is in its life, which is a matter of time alone.
package enum SPKeyState: String, Hashable, Sendable, CaseIterable {
    /// It is published and decrypts already, and signs nothing yet.
    case next
    /// It signs, and decrypts.
    case active
    /// It does nothing any more.
    case retired
}
