/// How often requests of one method were answered with a status of one class.
package struct AnswerCount: Sendable, Hashable {
    /// The method; `other` for those that are not told apart.
    package let method: String
    /// The first digit of the status.
    package let statusClass: Int
    /// How often.
    package let count: UInt64
}
