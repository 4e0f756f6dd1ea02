/// What became of a document that was made of originals.
package enum Verdict: Hashable, Sendable {
    /// It was refused, with this code or for this reason.
    case refused(String)
    /// It was accepted, and says what an original says.
    case original
    /// It was accepted, and says something else: the check is worth nothing.
    case forged
}
