/// How far a transaction is kept apart from concurrent ones (PostgreSQL manual, section 13.2).
package enum IsolationLevel: Hashable, Sendable {
    /// Each statement sees what was committed before it began. The default: decisions lock the rows they rest on.
    case readCommitted
    /// The whole transaction sees one snapshot; writing what another one changed fails and is tried again.
    case repeatableRead
    /// As if transactions ran one after another; a conflict fails and is tried again.
    case serializable

    var begin: SQL {
        switch self {
        case .readCommitted: "BEGIN ISOLATION LEVEL READ COMMITTED"
        case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ"
        case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE"
        }
    }
}
