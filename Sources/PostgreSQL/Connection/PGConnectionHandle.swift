import CLibPQ

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Owns one `PGconn`, closes it, and turns libpq's calls into ones that wait no longer than a deadline.
///
/// The connection is non-blocking, and every wait is a `poll` of its socket. libpq's own blocking calls would wait for
/// ever on a network that swallows packets.
@safe
struct PGConnectionHandle: ~Copyable {
    private let pointer: OpaquePointer
    private let connectionString: ConnectionString

    private init(owning pointer: OpaquePointer, connectionString: ConnectionString) {
        unsafe self.pointer = pointer
        self.connectionString = connectionString
    }

    deinit {
        unsafe PQfinish(self.pointer)
    }

    /// Opens a connection; blocks for at most the connect timeout for each host.
    static func connect(_ configuration: PostgreSQLConfiguration) throws(PostgreSQLError) -> PGConnectionHandle {
        // libpq lets a later keyword override an earlier one, and `dbname` expands to the whole connection string. So
        // what stands before it is a default, and what stands after it is ours to decide.
        let options: KeyValuePairs = [
            "connect_timeout": "\(max(2, configuration.connectTimeout.components.seconds))",
            "keepalives_idle": "15",
            "keepalives_interval": "5",
            "keepalives_count": "3",
            "tcp_user_timeout": "15000",
            "fallback_application_name": configuration.applicationName,
            "dbname": configuration.connectionString.rawValue,
            "client_encoding": "UTF8",
        ]
        let pointer = unsafe withCStrings(options.map(\.key)) { keywords in
            unsafe withCStrings(options.map(\.value)) { values in
                unsafe PQconnectdbParams(keywords, values, 1)
            }
        }
        guard let pointer = unsafe pointer else {
            throw .unavailable("libpq is out of memory")
        }
        let handle = unsafe PGConnectionHandle(
            owning: pointer,
            connectionString: configuration.connectionString
        )
        guard unsafe PQstatus(pointer) == CONNECTION_OK else {
            throw .unavailable(handle.lastMessage)
        }
        // Notices would go to stderr, where no one expects them.
        unsafe PQsetNoticeReceiver(pointer, { _, _ in }, nil)
        guard unsafe PQsetnonblocking(pointer, 1) == 0 else {
            throw .unavailable(handle.lastMessage)
        }
        return handle
    }

    /// The connection's last error, on one line and without secrets.
    var lastMessage: String {
        self.connectionString.redacted(
            unsafe PQerrorMessage(self.pointer).map { unsafe String(cString: $0) } ?? ""
        )
    }

    var socket: Int32 {
        unsafe PQsocket(self.pointer)
    }

    /// Whether the connection works and no transaction is open on it.
    var isIdle: Bool {
        unsafe PQstatus(self.pointer) == CONNECTION_OK && PQtransactionStatus(self.pointer) == PQTRANS_IDLE
    }

    func makeCanceller() throws(PostgreSQLError) -> QueryCanceller {
        guard let pointer = unsafe PQgetCancel(self.pointer) else {
            throw .unavailable("libpq is out of memory")
        }
        return unsafe QueryCanceller(owning: pointer)
    }

    // MARK: - Pipeline

    func enterPipeline() throws(PostgreSQLError) {
        try self.check(unsafe PQenterPipelineMode(self.pointer))
    }

    func exitPipeline() throws(PostgreSQLError) {
        try self.check(unsafe PQexitPipelineMode(self.pointer))
    }

    func sendPrepare(name: String, _ sql: SQL) throws(PostgreSQLError) {
        let types = sql.bindings.map(\.type.rawValue)
        try self.check(unsafe PQsendPrepare(self.pointer, name, sql.text, Int32(clamping: types.count), types))
    }

    func sendExecute(name: String, _ sql: SQL) throws(PostgreSQLError) {
        // All values stand in one buffer; each parameter points into it. The results are asked for in binary.
        var bytes: [UInt8] = []
        var offsets: [Int?] = []
        for binding in sql.bindings {
            offsets.append(binding.bytes == nil ? nil : bytes.count)
            bytes += binding.bytes ?? []
        }
        // The buffer must have an address even when every value is empty: a null pointer means NULL to libpq.
        bytes.append(0)
        let lengths = sql.bindings.map { Int32(clamping: $0.bytes?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: lengths.count)
        let sent = unsafe bytes.withUnsafeBytes { buffer in
            let base = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = unsafe offsets.map { offset in
                unsafe offset.flatMap { unsafe base?.advanced(by: $0) }
            }
            return unsafe PQsendQueryPrepared(
                self.pointer,
                name,
                Int32(clamping: lengths.count),
                values,
                lengths,
                formats,
                1
            )
        }
        try self.check(sent)
    }

    func sendSync() throws(PostgreSQLError) {
        try self.check(unsafe PQpipelineSync(self.pointer))
    }

    /// Runs text of several statements in the simple protocol, outside pipeline mode.
    func sendScript(_ text: String) throws(PostgreSQLError) {
        try self.check(unsafe PQsendQuery(self.pointer, text))
    }

    /// Sends what is buffered, reading meanwhile so that neither side waits for the other's full buffer.
    func flush(until deadline: ContinuousClock.Instant) throws(PostgreSQLError) {
        while true {
            switch unsafe PQflush(self.pointer) {
            case 0:
                return
            case 1:
                let events = try self.wait(for: Int16(POLLIN | POLLOUT), until: deadline)
                if events & Int16(POLLIN) != 0 {
                    try self.check(unsafe PQconsumeInput(self.pointer))
                }
            default:
                throw .connectionLost(self.lastMessage)
            }
        }
    }

    /// The next result, or `nil` at the end of one command's results.
    func nextResult(until deadline: ContinuousClock.Instant) throws(PostgreSQLError) -> PGResultHandle? {
        while unsafe PQisBusy(self.pointer) == 1 {
            _ = try self.wait(for: Int16(POLLIN), until: deadline)
            try self.check(unsafe PQconsumeInput(self.pointer))
        }
        guard let result = unsafe PQgetResult(self.pointer) else {
            guard unsafe PQstatus(self.pointer) == CONNECTION_OK else {
                throw .connectionLost(self.lastMessage)
            }
            return nil
        }
        return unsafe PGResultHandle(owning: result)
    }

    func makeServerError(_ result: borrowing PGResultHandle) -> ServerError {
        result.makeServerError(redactedBy: self.connectionString)
    }

    // MARK: - Listening

    /// Reads what has arrived without waiting; throws if the server closed the connection.
    func consumeInput() throws(PostgreSQLError) {
        try self.check(unsafe PQconsumeInput(self.pointer))
        guard unsafe PQstatus(self.pointer) == CONNECTION_OK else {
            throw .connectionLost(self.lastMessage)
        }
    }

    /// The next notification that was read already.
    func nextNotification() -> PostgreSQLNotification? {
        guard let notify = unsafe PQnotifies(self.pointer) else {
            return nil
        }
        defer {
            unsafe PQfreemem(notify)
        }
        return PostgreSQLNotification(
            channel: unsafe String(cString: notify.pointee.relname),
            payload: unsafe String(cString: notify.pointee.extra)
        )
    }

    // MARK: - Private

    /// Throws if a call of libpq's that returns 1 for success did not.
    private func check(_ status: Int32) throws(PostgreSQLError) {
        guard status == 1 else {
            throw .connectionLost(self.lastMessage)
        }
    }

    private func wait(for events: Int16, until deadline: ContinuousClock.Instant) throws(PostgreSQLError) -> Int16 {
        while true {
            let left = deadline - .now
            guard left > .zero else {
                throw .statementTimedOut
            }
            let milliseconds = left.components.seconds * 1_000 + left.components.attoseconds / 1_000_000_000_000_000
            var descriptor = pollfd(fd: self.socket, events: events, revents: 0)
            let ready = unsafe poll(&descriptor, 1, Int32(clamping: milliseconds + 1))
            if ready > 0 {
                // POLLERR and POLLHUP count as readable, so that the next read reports them.
                let isBroken = descriptor.revents & Int16(POLLERR | POLLHUP | POLLNVAL) != 0
                return isBroken ? Int16(POLLIN) : descriptor.revents
            }
            if ready < 0 && errno != EINTR {
                throw .connectionLost("poll failed with error \(errno)")
            }
        }
    }
}

/// Lends strings to C as a NULL-terminated array of C strings.
private func withCStrings<Result>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    // One buffer holds all strings with their terminators; the pointers lead into it.
    var bytes: [CChar] = []
    var offsets: [Int] = []
    for string in strings {
        offsets.append(bytes.count)
        bytes += string.utf8CString
    }
    return unsafe bytes.withUnsafeBufferPointer { buffer in
        var pointers: [UnsafePointer<CChar>?] = unsafe offsets.map { unsafe buffer.baseAddress?.advanced(by: $0) }
        unsafe pointers.append(nil)
        return unsafe pointers.withUnsafeBufferPointer { array in
            // An array with at least its terminator always has an address.
            guard let base = array.baseAddress else {
                preconditionFailure("An array with at least one element has an address.")
            }
            return unsafe body(base)
        }
    }
}
