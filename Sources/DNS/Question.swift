import CCAres
import Foundation

/// One question for TXT records, asked on the calling thread, which waits for the answer.
///
/// The loop is the one of the library's manual: wait for its sockets with `poll`, no longer than its own timers want, and
/// hand it what is ready. A clock beside it ends a question that servers keep alive with late or wrong packets.
struct Question: Sendable {
    let name: String
    let servers: NameServers
    let limit: Duration

    // RFC 1035, sections 3.2.4 and 3.2.2.
    private static let internetClass: Int32 = 1
    private static let textType: Int32 = 16

    /// What the library called back with.
    private final class Answer {
        var status: Int32?
        var records: [[UInt8]] = []
    }

    /// Asks, and waits.
    func ask() -> Result<[[UInt8]], ResolutionFailure> {
        guard AresLibrary.status == portico_ares_success else {
            return .failure(.unusable(AresLibrary.text(of: AresLibrary.status)))
        }
        var channel: ares_channel?
        var options = unsafe ares_options()
        // Half of the time for the first server; the clock below ends the rest.
        unsafe options.timeout = Int32(clamping: max(1, self.limit.milliseconds / 2))
        unsafe options.tries = 2
        let made = unsafe ares_init_options(&channel, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES)
        guard made == portico_ares_success, let channel = unsafe channel else {
            return .failure(.unusable(AresLibrary.text(of: made)))
        }
        defer { unsafe ares_destroy(channel) }
        if case .addresses(let addresses) = self.servers {
            let set = unsafe ares_set_servers_ports_csv(channel, addresses.joined(separator: ","))
            guard set == portico_ares_success else { return .failure(.unusable(AresLibrary.text(of: set))) }
        }
        return unsafe self.ask(channel)
    }

    private func ask(_ channel: ares_channel) -> Result<[[UInt8]], ResolutionFailure> {
        let answer = Answer()
        // The library calls back before it is destroyed, and `answer` outlives it: see the end of this function.
        let pointer = unsafe Unmanaged.passUnretained(answer).toOpaque()
        unsafe ares_query(
            channel,
            self.name,
            Self.internetClass,
            Self.textType,
            { argument, status, _, bytes, length in
                guard let argument = unsafe argument else { return }
                let answer = unsafe Unmanaged<Answer>.fromOpaque(argument).takeUnretainedValue()
                answer.status = status
                if status == portico_ares_success {
                    answer.status = unsafe Question.read(bytes, length: length, into: &answer.records)
                }
            },
            pointer
        )
        let deadline = ContinuousClock.now + self.limit
        while answer.status == nil, ContinuousClock.now < deadline {
            unsafe self.wait(for: channel, until: deadline)
        }
        if answer.status == nil {
            // Calls back with ARES_ECANCELLED, which is no word of a server.
            unsafe ares_cancel(channel)
            answer.status = nil
        }
        return withExtendedLifetime(answer) { Self.result(answer) }
    }

    /// Waits until a socket is ready or a timer is due, and lets the library do what is to be done.
    private func wait(for channel: ares_channel, until deadline: ContinuousClock.Instant) {
        var sockets = [ares_socket_t](repeating: -1, count: 16)
        let wanted = unsafe UInt32(bitPattern: ares_getsock(channel, &sockets, Int32(sockets.count)))
        var polled: [pollfd] = []
        for (index, socket) in sockets.enumerated() {
            var events: Int16 = 0
            if wanted & (1 << UInt32(index)) != 0 { events |= Int16(POLLIN) }
            if wanted & (1 << UInt32(index + 16)) != 0 { events |= Int16(POLLOUT) }
            if events != 0 { polled.append(pollfd(fd: socket, events: events, revents: 0)) }
        }
        // A tenth of a second is the longest that a timer of the library waits for this loop.
        let rest = min(100, max(1, (deadline - ContinuousClock.now).milliseconds))
        let ready = unsafe poll(&polled, nfds_t(polled.count), Int32(clamping: rest))
        guard ready > 0 else {
            unsafe ares_process_fd(channel, ares_socket_t(-1), ares_socket_t(-1))
            return
        }
        for entry in polled where entry.revents != 0 {
            let isReadable = entry.revents & Int16(POLLIN | POLLERR | POLLHUP) != 0
            let isWritable = entry.revents & Int16(POLLOUT) != 0
            unsafe ares_process_fd(channel, isReadable ? entry.fd : -1, isWritable ? entry.fd : -1)
        }
    }

    private static func result(_ answer: Answer) -> Result<[[UInt8]], ResolutionFailure> {
        switch answer.status {
        case portico_ares_success?: .success(answer.records)
        // The name has no such record, or does not exist: the servers answered.
        case portico_ares_no_data?, portico_ares_not_found?: .success([])
        case let status?: .failure(.unanswered(AresLibrary.text(of: status)))
        case nil: .failure(.unanswered(AresLibrary.text(of: portico_ares_timeout)))
        }
    }

    /// Reads the records of an answer; the strings of one record are joined.
    private static func read(
        _ bytes: UnsafeMutablePointer<UInt8>?,
        length: Int32,
        into records: inout [[UInt8]]
    ) -> Int32 {
        var list: UnsafeMutablePointer<ares_txt_ext>?
        let status = unsafe ares_parse_txt_reply_ext(bytes, length, &list)
        guard status == portico_ares_success else { return status }
        defer { unsafe ares_free_data(list) }
        var next = unsafe list
        while let string = unsafe next {
            let text = unsafe Array(UnsafeBufferPointer(start: string.pointee.txt, count: string.pointee.length))
            if unsafe string.pointee.record_start != 0 || records.isEmpty {
                records.append(text)
            } else {
                records[records.count - 1] += text
            }
            unsafe next = string.pointee.next
        }
        return status
    }
}

extension Duration {
    /// The duration in whole milliseconds.
    fileprivate var milliseconds: Int64 {
        self.components.seconds * 1_000 + self.components.attoseconds / 1_000_000_000_000_000
    }
}
