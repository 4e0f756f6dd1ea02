import GatewayHTTP
import Storage
import Workspaces

/// What the page of seats shows: the names that the template uses.
struct SeatsPage {
    /// Somebody who took a seat or found none.
    struct Line {
        let about: String
        let findPath: String
        let time: String
    }

    let frame: ConsoleFrame
    let membersPath: String
    let limit: String
    let used: String
    let free: String
    let isFull: Bool
    let isOver: Bool
    let taken: [Line]
    let hasTaken: Bool
    let refused: [Line]
    let hasRefused: Bool

    init(_ visit: SettingsVisit, service: Console, used: Int, history: SeatHistory) {
        let members = MembersPath(service.pages.site).list
        let line = { (event: AuditEvent) in
            let email = event.email ?? ""
            return Line(
                about: PrintableText.escaped(email),
                findPath: QueryText.link(members, [(name: "q", value: email)]),
                time: ReadableDate.time(event.time)
            )
        }
        let seats = visit.configured.workspace.seats
        self.frame = ConsoleFrame(visit, page: .seats, renderer: service.renderer)
        self.membersPath = QueryText.link(members, [(name: "state", value: MemberFilter.Standing.active.rawValue)])
        self.limit = seats.map { "\($0)" } ?? "No limit"
        self.used = "\(used)"
        self.free = seats.map { "\(max(0, $0 - used))" } ?? "As many as you like"
        self.isFull = seats.map { used >= $0 } ?? false
        self.isOver = seats.map { used > $0 } ?? false
        self.taken = history.taken.map(line)
        self.hasTaken = !history.taken.isEmpty
        self.refused = history.refused.map(line)
        self.hasRefused = !history.refused.isEmpty
    }
}
