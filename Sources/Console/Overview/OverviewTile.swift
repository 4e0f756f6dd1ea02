import FoundationEssentials
import GatewayHTTP
import Storage
import Workspaces

/// A number of the overview with a word about it.
struct OverviewTile {
    /// How much a tile has to say.
    enum Mood {
        case plain
        case good
        case warning
        case bad
    }

    let title: String
    /// The parts of the value, between which a line may break.
    let parts: [String]
    /// Whether a part is so long that it wants smaller letters.
    let isLong: Bool
    let detail: String
    let isGood: Bool
    let isWarning: Bool
    let isBad: Bool
    /// Where there is more to see.
    let more: String?

    init(_ title: String, _ value: String, _ detail: String, _ mood: Mood, more: String? = nil) {
        self.title = title
        self.parts = Self.parts(value)
        self.isLong = self.parts.contains { $0.count > Self.lineLength }
        self.detail = detail
        self.isGood = mood == .good
        self.isWarning = mood == .warning
        self.isBad = mood == .bad
        self.more = more
    }

    /// How many characters of the usual size a narrow tile has room for.
    private static let lineLength = 18

    /// Takes a long name apart behind its dots, where it is read on most easily.
    private static func parts(_ value: String) -> [String] {
        guard value.count > Self.lineLength else { return [value] }
        var parts = value.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let last = parts.removeLast()
        return parts.map { $0 + "." } + [last]
    }

    /// So many refusals in a row are no chance any more.
    private static let manyRefusals = 3
    /// The days before its end from which a certificate is worth a word.
    private static let warningDays = 60

    /// Whether people can sign in, and do.
    ///
    /// - Parameters:
    ///   - configured: The workspace.
    ///   - run: How the latest sign-ins went.
    ///   - logPath: Where the sign-in log says why somebody was refused.
    /// - Returns: Green only where somebody got in and few were refused since.
    static func signOn(_ configured: ConfiguredWorkspace, _ run: SignInRun, logPath: String) -> OverviewTile {
        let title = "Single sign-on"
        guard let provider = configured.identityProvider else {
            return OverviewTile(title, "Not set up", "Nobody can sign in yet.", .warning)
        }
        guard provider.enabled else {
            return OverviewTile(title, "Off", "It is set up, and nobody can use it.", .warning)
        }
        switch (run.lastDoneAt, run.refusedSince) {
        case (nil, 0):
            let name = configured.workspace.companyID
            return OverviewTile(title, "On", "Nobody has come in lately. People sign in as \(name).", .plain)
        case (nil, let refused):
            let words = refused == 1 ? "The only one who tried was refused." : "All \(refused) who tried were refused."
            return OverviewTile(title, "Nobody gets in", words, .bad, more: logPath)
        case (let last?, 0):
            return OverviewTile(title, "On", "The last one came in on \(ReadableDate.time(last)).", .good)
        case (let last?, let refused):
            let people = refused == 1 ? "The last one who tried was" : "The last \(refused) who tried were"
            let words = "\(people) refused; before, somebody came in on \(ReadableDate.time(last))."
            return OverviewTile(title, "On", words, refused < Self.manyRefusals ? .good : .warning, more: logPath)
        }
    }

    /// When the certificates end: the first of those that count, and those that have ended, which still count (behavior Q21).
    static func certificates(_ configured: ConfiguredWorkspace, now: Date) -> OverviewTile {
        let ends = (configured.identityProvider?.certificates ?? []).map(\.notAfter).sorted()
        let title = ends.count > 1 ? "Certificates" : "Certificate"
        guard let last = ends.last else { return OverviewTile(title, "None", "It comes with single sign-on.", .plain) }
        let valid = ends.filter { $0 > now }
        let expired = ends.count - valid.count
        guard let first = valid.first else {
            let words =
                expired == 1
                ? "On \(ReadableDate.day(last)). It still counts; ask for the next."
                : "All \(expired), the last on \(ReadableDate.day(last)). They still count; ask for the next."
            return OverviewTile(title, "Expired", words, .bad)
        }
        let days = ReadableDate.days(until: first, from: now)
        var words = "Until \(ReadableDate.day(first))."
        if valid.count > 1 {
            let (begin, end) = (ReadableDate.day(first), ReadableDate.day(last))
            words = "The first of \(valid.count) ends on \(begin), the last on \(end)."
        }
        if expired > 0 {
            words += expired == 1 ? " One has expired and still counts" : " \(expired) have expired and still count"
            words += "; take away what your provider no longer signs with."
        }
        let mood: Mood = expired > 0 || days < Self.warningDays ? .warning : .good
        return OverviewTile(title, days == 1 ? "1 day" : "\(days) days", words, mood)
    }

    /// Whose addresses get in.
    static func domains(_ configured: ConfiguredWorkspace) -> OverviewTile {
        let title = configured.domains.count + configured.lapsedDomains.count > 1 ? "Domains" : "Domain"
        guard let first = configured.domains.first else {
            guard let lapsed = configured.lapsedDomains.first else {
                return OverviewTile(title, "None", "Single sign-on needs one.", .warning)
            }
            return OverviewTile(title, lapsed.value, "Its record is gone: nobody new gets in.", .bad)
        }
        let others = configured.domains.count - 1
        let words = others == 0 ? "Addresses in it get in." : "And \(others) more."
        guard let lapsed = configured.lapsedDomains.first else { return OverviewTile(title, first.value, words, .good) }
        let more = configured.lapsedDomains.count - 1
        let names = more == 0 ? lapsed.value : "\(lapsed.value) and \(more) more"
        return OverviewTile(title, first.value, "\(words) The record of \(names) is gone.", .warning)
    }

    /// How many seats there are for new people.
    static func seats(_ configured: ConfiguredWorkspace, activeMembers: Int) -> OverviewTile {
        guard let seats = configured.workspace.seats else {
            return OverviewTile("Seats", "\(activeMembers)", "Taken; there is no limit.", .plain)
        }
        let free = max(0, seats - activeMembers)
        let words = free == 0 ? "All are taken; nobody new gets in." : "\(free) of them free."
        return OverviewTile("Seats", "\(activeMembers) of \(seats)", words, free == 0 ? .bad : .plain)
    }
}
