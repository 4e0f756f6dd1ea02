import FoundationEssentials
import GatewayHTTP
import Storage
import Workspaces

/// The filter of the audit log as somebody typed it, and what is wrong with it.
struct AuditLogQuery {
    /// The first day that is shown, as typed.
    let from: String
    /// The last day that is shown, as typed.
    let until: String
    /// Which events are shown.
    let filter: AuditFilter
    /// What is wrong with the days.
    let problems: FormProblems

    /// Reads the filter of a link or a form; an action that there is none of filters nothing.
    init(_ query: Form) throws(RequestRefusal) {
        let email = try query.optionalValue("email") ?? ""
        self.from = try query.optionalValue("from") ?? ""
        self.until = try query.optionalValue("until") ?? ""
        let (first, last) = (Self.day(self.from), Self.day(self.until))
        var mistakes: [ConfigurationMistakes.Mistake] = []
        for (field, text, day) in [("from", self.from, first), ("until", self.until, last)]
        where !text.isEmpty && day == nil {
            mistakes.append(.init(field: field, message: "“\(text)” is no day. Give one such as 2026-11-20."))
        }
        if let first, let last, last < first {
            mistakes.append(.init(field: "until", message: "This day is before the first one. Give a later one."))
        }
        self.problems = FormProblems(mistakes)
        self.filter = AuditFilter(
            action: try query.optionalValue("action").flatMap { AuditAction(rawValue: $0) },
            email: email.isEmpty ? nil : email,
            isRefusalsOnly: query.contains("refused"),
            since: first,
            until: last?.addingTimeInterval(86_400)
        )
    }

    /// The same filter as a query.
    var text: String {
        var pairs: [String] = []
        if let action = self.filter.action { pairs.append("action=\(action.rawValue)") }
        if let email = self.filter.email { pairs.append("email=" + QueryText.escaped(email)) }
        if self.filter.isRefusalsOnly { pairs.append("refused=on") }
        if !self.from.isEmpty { pairs.append("from=" + QueryText.escaped(self.from)) }
        if !self.until.isEmpty { pairs.append("until=" + QueryText.escaped(self.until)) }
        return pairs.joined(separator: "&")
    }

    /// The beginning of a day in UTC, written as a field for days sends it.
    private static func day(_ text: String) -> Date? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 == 0x2D || (0x30...0x39).contains($0) }),
            let day = try? Date("\(text)T00:00:00Z", strategy: .iso8601),
            // The 31st of a shorter month would be a day of the next one.
            day.formatted(.iso8601).hasPrefix(text)
        else { return nil }
        return day
    }
}
