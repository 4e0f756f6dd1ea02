/// The header names that a message's `Connection` lines list, which belong to that connection only (RFC 9110, 7.6.1).
///
/// Lines that frame or route the message stay whatever `Connection` says of them, and the gateway's own are added
/// afterwards: a client cannot have them removed.
struct ConnectionNames {
    private var names: [[UInt8]] = []

    /// Collects the names from a head.
    init(_ head: UnsafeRawBufferPointer, _ lines: FieldLines) {
        for line in lines where line.kind == .connection {
            ListValue.forEachElement(of: line.value(in: head)) { self.names.append($0.map(ByteClass.folded)) }
        }
    }

    /// Whether a name is listed.
    func contains(_ name: UnsafeRawBufferPointer) -> Bool {
        self.names.contains { listed in
            listed.count == name.count && listed.indices.allSatisfy { ByteClass.folded(name[$0]) == listed[$0] }
        }
    }
}
