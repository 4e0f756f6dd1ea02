/// Why a chain of an audit log is not begun anew.
package enum AuditRestartRefusal: Error, Hashable, Sendable {
    /// It holds, and goes on.
    case chainHolds
    /// Its numbers are so large that no more links fit behind them: somebody else wrote them.
    case noRoom
}
