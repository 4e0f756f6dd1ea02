/// Why an encrypted value could not be opened.
package enum SealingFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// It was encrypted under a secret key that was not given.
    case unknownSecretKey(id: String)
    /// The value, or the row that it belongs to, is not what was written.
    case altered

    /// What is wrong.
    package var problem: String {
        switch self {
        case .unknownSecretKey(let id):
            "the stored keys are encrypted under a secret key that PORTICO_SECRET_KEY does not name (its id is \(id))"
        case .altered:
            "a stored key was changed since Portico wrote it"
        }
    }

    /// Who must do what.
    package var remedy: String {
        let last = "`portico keys rotate --overlap 0s` makes new keys, whose certificates identity providers then need"
        switch self {
        case .unknownSecretKey:
            return
                "the operator sets PORTICO_SECRET_KEY to that one, or lists it after the new one; if it is lost, \(last)"
        case .altered:
            return "the operator finds out by whom and restores the database, or \(last)"
        }
    }

    /// Both in one line.
    package var description: String { "\(self.problem): \(self.remedy)" }
}
