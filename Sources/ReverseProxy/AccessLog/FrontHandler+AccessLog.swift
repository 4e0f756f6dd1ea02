import NIOCore
import Workspaces

/// What the access log is told; every function here returns at once while nothing is logged.
extension FrontHandler {
    /// Notes what the head of a request says.
    func noteHead(_ request: RequestHead, _ head: UnsafeRawBufferPointer) {
        guard self.settings.recordAccess != nil else { return }
        func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }
        self.exchange.access = AccessDraft(
            client: self.forwarding.client(head: head, fields: self.loop.fields),
            method: text(UnsafeRawBufferPointer(rebasing: head[..<request.methodEnd])),
            host: text(self.host(of: request, head)),
            path: text(Self.clipped(UnsafeRawBufferPointer(rebasing: head[request.pathStart..<request.pathEnd])))
        )
    }

    /// The longest path that is noted, in bytes: lines wait in memory until they are written, and anybody can send paths
    /// as long as a head may be.
    static let longestLoggedPath = 2_048

    private static func clipped(_ path: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: path.prefix(Self.longestLoggedPath))
    }

    /// Notes that there is no head that could be read.
    func noteMissingHead() {
        guard self.settings.recordAccess != nil else { return }
        self.exchange.access = AccessDraft(client: self.forwarding.peer)
    }

    /// Tells of a request of the data plane that has ended.
    func recordAccess(_ ending: AccessRecord.Ending) {
        self.recordAccess(
            ending,
            status: self.exchange.status == 0 ? nil : self.exchange.status,
            requestID: self.exchange.tag.text
        )
    }

    /// Tells of a request of the control plane that has ended, under the identifier that its answer has.
    func recordControlAccess(_ ending: AccessRecord.Ending) {
        self.recordAccess(ending, status: self.control?.status, requestID: self.control?.requestID)
    }

    private func recordAccess(
        _ ending: AccessRecord.Ending,
        status: Int?,
        requestID: @autoclosure () -> String?
    ) {
        let traceID = self.trace?.traceID
        self.endTrace(ending, status: status, requestID: requestID())
        guard let draft = self.exchange.access, let record = self.settings.recordAccess else { return }
        self.exchange.access = nil
        let took = self.settings.sessions.clock.uptime().uptimeNanoseconds &- self.headReadAt
        record(
            AccessRecord(
                client: draft.client,
                method: draft.method,
                host: draft.host,
                path: draft.path,
                route: self.exchange.rule?.route.name,
                status: status,
                ending: ending,
                sentBytes: draft.sentBytes,
                duration: .nanoseconds(Int64(clamping: took)),
                requestID: requestID(),
                traceID: traceID,
                workspace: draft.session?.companyID.value,
                user: draft.session?.subject.description
            )
        )
    }
}
