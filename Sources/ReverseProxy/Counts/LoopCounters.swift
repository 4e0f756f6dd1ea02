/// What the connections of one event loop have counted.
///
/// The numbers are plain integers at fixed places: only the loop writes them, a request adds to four of them by index,
/// and who wants to know asks each loop for a copy. Nothing is hashed, allocated or locked for a request.
struct LoopCounters: Sendable {
    /// Where a request is counted.
    enum Subject: Equatable {
        /// At the route with this number.
        case route(Int)
        /// As a question of a proxy in front.
        case question
        /// As one that no route took.
        case nowhere
    }

    /// The number of methods that are told apart.
    static let methodCount = Int(RequestMethod.other.rawValue) + 1
    /// 1xx to 5xx.
    static let statusClassCount = 5

    /// The bounds of the buckets of durations, in nanoseconds.
    private let bounds: [UInt64]
    /// By subject, method and class of the status.
    private var answers: [UInt64]
    /// By subject.
    private var unfinished: [UInt64]
    /// By route and limit, in the order of ``RouteTimeout``'s cases.
    private var timeouts: [UInt64]
    /// By route and bucket.
    private var durations: [UInt64]
    /// By route, in nanoseconds.
    private var durationSums: [UInt64]
    private(set) var refusals: [ProxyError: UInt64] = [:]
    /// The connections of clients that were accepted.
    var acceptedCount: UInt64 = 0
    /// The bytes that clients sent, those of TLS itself aside.
    var receivedBytes: UInt64 = 0
    /// The bytes that were written to clients, those of TLS itself aside.
    var sentBytes: UInt64 = 0

    init(routeCount: Int) {
        self.bounds = DurationHistogram.bounds.map(\.nanoseconds)
        self.answers = Array(repeating: 0, count: (routeCount + 2) * Self.methodCount * Self.statusClassCount)
        self.unfinished = Array(repeating: 0, count: routeCount + 2)
        self.timeouts = Array(repeating: 0, count: routeCount * RouteTimeout.allCases.count)
        self.durations = Array(repeating: 0, count: routeCount * (self.bounds.count + 1))
        self.durationSums = Array(repeating: 0, count: routeCount)
    }

    /// Makes room for so many routes, whose numbers go on behind those that there are.
    mutating func makeRoom(forRoutes routeCount: Int) {
        func grow(_ numbers: inout [UInt64], to count: Int) {
            numbers += Array(repeating: 0, count: max(0, count - numbers.count))
        }
        grow(&self.answers, to: (routeCount + 2) * Self.methodCount * Self.statusClassCount)
        grow(&self.unfinished, to: routeCount + 2)
        grow(&self.timeouts, to: routeCount * RouteTimeout.allCases.count)
        grow(&self.durations, to: routeCount * (self.bounds.count + 1))
        grow(&self.durationSums, to: routeCount)
    }

    // MARK: - Counting

    /// Counts an answer whose last byte was written.
    @inline(__always)
    mutating func countAnswer(_ subject: Subject, method: RequestMethod, status: Int, nanoseconds: UInt64) {
        self.answers[self.place(subject, method, statusClass: status / 100 - 1)] &+= 1
        guard case .route(let route) = subject else { return }
        self.durations[route * (self.bounds.count + 1) + self.bucket(nanoseconds)] &+= 1
        self.durationSums[route] &+= nanoseconds
    }

    /// Counts a request whose answer did not come to its end.
    mutating func countUnfinished(_ subject: Subject) {
        self.unfinished[self.row(subject)] &+= 1
    }

    /// Counts a limit of time of a route that has passed.
    mutating func countTimeout(_ timeout: RouteTimeout, ofRoute route: Int) {
        guard let place = RouteTimeout.allCases.firstIndex(of: timeout) else { return }
        self.timeouts[route * RouteTimeout.allCases.count + place] &+= 1
    }

    /// Counts an answer that the data plane gave itself, by its code.
    mutating func countRefusal(_ error: ProxyError) {
        self.refusals[error, default: 0] &+= 1
    }

    // MARK: - Reading

    /// Adds what another loop counted, which may know fewer routes yet, or more.
    mutating func add(_ other: LoopCounters) {
        self.makeRoom(forRoutes: other.durationSums.count)
        for index in other.answers.indices { self.answers[index] &+= other.answers[index] }
        for index in other.unfinished.indices { self.unfinished[index] &+= other.unfinished[index] }
        for index in other.timeouts.indices { self.timeouts[index] &+= other.timeouts[index] }
        for index in other.durations.indices { self.durations[index] &+= other.durations[index] }
        for index in other.durationSums.indices { self.durationSums[index] &+= other.durationSums[index] }
        self.refusals.merge(other.refusals) { $0 &+ $1 }
        self.acceptedCount &+= other.acceptedCount
        self.receivedBytes &+= other.receivedBytes
        self.sentBytes &+= other.sentBytes
    }

    /// The answers of a subject that were given at least once.
    func answers(_ subject: Subject) -> [AnswerCount] {
        (0..<Self.methodCount)
            .flatMap { method in
                (0..<Self.statusClassCount)
                    .compactMap { statusClass in
                        guard let method = RequestMethod(rawValue: UInt8(method)) else { return nil }
                        let count = self.answers[self.place(subject, method, statusClass: statusClass)]
                        guard count > 0 else { return nil }
                        return AnswerCount(method: method.name, statusClass: statusClass + 1, count: count)
                    }
            }
    }

    /// The requests of a subject whose answers did not come to their end.
    func unfinished(_ subject: Subject) -> UInt64 {
        self.unfinished[self.row(subject)]
    }

    /// How often the limits of time of a route have passed.
    func timeouts(ofRoute route: Int) -> [RouteTimeout: UInt64] {
        let start = route * RouteTimeout.allCases.count
        let pairs = RouteTimeout.allCases.enumerated().map { ($0.element, self.timeouts[start + $0.offset]) }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// How long the requests of a route took.
    func durations(ofRoute route: Int) -> DurationHistogram {
        let start = route * (self.bounds.count + 1)
        return DurationHistogram(
            counts: Array(self.durations[start...start + self.bounds.count]),
            sum: Duration.nanoseconds(Int64(clamping: self.durationSums[route]))
        )
    }

    // MARK: - Places

    /// The bucket of a duration: quick requests are most, so it is looked for from below.
    @inline(__always)
    private func bucket(_ nanoseconds: UInt64) -> Int {
        var bucket = 0
        while bucket < self.bounds.count, nanoseconds > self.bounds[bucket] { bucket += 1 }
        return bucket
    }

    @inline(__always)
    private func row(_ subject: Subject) -> Int {
        switch subject {
        case .question: 0
        case .nowhere: 1
        // Behind the others, so that there can be more of them later.
        case .route(let route): 2 + route
        }
    }

    @inline(__always)
    private func place(_ subject: Subject, _ method: RequestMethod, statusClass: Int) -> Int {
        let column = Int(method.rawValue) * Self.statusClassCount + min(max(statusClass, 0), Self.statusClassCount - 1)
        return self.row(subject) * Self.methodCount * Self.statusClassCount + column
    }
}
