import GatewayHTTP

/// How many sessions an administrator has just ended, as the next page says it.
struct EndedSessions {
    let number: Int

    init(_ number: Int) {
        self.number = number
    }

    /// Reads the number of a link; nil for a link without one.
    init?(_ query: Form) {
        let text = (try? query.optionalValue("ended")) ?? ""
        guard let number = Int(text), number >= 0 else { return nil }
        self.init(number)
    }

    /// What was done.
    var words: String {
        switch self.number {
        case 0: "There was no session to end."
        case 1: "One session has ended, everywhere."
        case _: "\(self.number) sessions have ended, everywhere."
        }
    }
}
