import CLibPQ

// One exchange with the server. Every statement goes through libpq's pipeline mode, because it costs nothing for one and
// saves round trips for several:
//
//     Parse (unless prepared) ─ Bind ─ Execute ─ … ─ Sync      sent at once
//     results of each, in order ─ … ─ PGRES_PIPELINE_SYNC       read to the end, whatever fails
extension Connection {
    /// How many statements stay prepared on one connection.
    private static let statementCapacity = 256

    /// What one queued command was, in the order in which its result comes back.
    private enum Command {
        case prepare(text: String, name: String)
        case execute
    }

    func sendAndReceive(
        _ batch: [SQL],
        until deadline: ContinuousClock.Instant
    ) throws(PostgreSQLError) -> [QueryResult] {
        try self.makeRoom(until: deadline)
        try self.handle?.enterPipeline()
        let commands = try self.send(batch)
        try self.handle?.flush(until: deadline)
        let outcome = try self.receive(commands, until: deadline)
        try self.handle?.exitPipeline()
        return try outcome.get()
    }

    private func send(_ batch: [SQL]) throws(PostgreSQLError) -> [Command] {
        var commands: [Command] = []
        var prepared: [String: String] = [:]
        for sql in batch {
            let name: String
            if let known = self.statements[sql.text] ?? prepared[sql.text] {
                name = known
            } else {
                self.statementNumber += 1
                name = "portico_\(self.statementNumber)"
                prepared[sql.text] = name
                try self.handle?.sendPrepare(name: name, sql)
                commands.append(.prepare(text: sql.text, name: name))
            }
            try self.handle?.sendExecute(name: name, sql)
            commands.append(.execute)
        }
        try self.handle?.sendSync()
        return commands
    }

    /// Reads the results of all commands, up to the synchronization point, whatever fails on the way.
    private func receive(
        _ commands: [Command],
        until deadline: ContinuousClock.Instant
    ) throws(PostgreSQLError) -> Result<[QueryResult], PostgreSQLError> {
        var results: [QueryResult] = []
        var failure: PostgreSQLError?
        var remaining = commands[...]
        while true {
            guard let result = try self.handle?.nextResult(until: deadline) else {
                // The results of one command end with a null pointer.
                guard remaining.popFirst() != nil else {
                    throw .connectionLost("the answers of the server ended early")
                }
                continue
            }
            switch result.status {
            case PGRES_PIPELINE_SYNC:
                return failure.map { .failure($0) } ?? .success(results)
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY:
                if case .prepare(let text, let name) = remaining.first {
                    self.statements[text] = name
                } else {
                    results.append(result.makeQueryResult())
                }
            case PGRES_PIPELINE_ABORTED:
                break
            default:
                if failure == nil {
                    failure = (self.handle?.makeServerError(result)).map { .server($0) }
                }
            }
        }
    }

    /// Forgets all prepared statements when there are too many, which only unforeseen dynamic SQL can cause.
    private func makeRoom(until deadline: ContinuousClock.Instant) throws(PostgreSQLError) {
        guard self.statements.count >= Self.statementCapacity else {
            return
        }
        try self.handle?.sendScript("DEALLOCATE ALL")
        try self.handle?.flush(until: deadline)
        while try self.handle?.nextResult(until: deadline) != nil {}
        self.statements = [:]
    }
}
