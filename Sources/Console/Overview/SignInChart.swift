import Workspaces

/// Sign-ins by day and outcome, drawn on the server: a bar for each day, refusals on top of those who came in.
struct SignInChart {
    /// A day: its bar in the drawing, and its row of the table that says the same in numbers.
    struct Day {
        let label: String
        let x: Int
        let middle: Int
        let doneY: Int
        let doneHeight: Int
        let refusedY: Int
        let refusedHeight: Int
        let done: Int
        let refused: Int
        let isLabelled: Bool
    }

    private static let step = 46
    private static let left = 44
    private static let top = 12
    private static let height = 160

    let days: [Day]
    let width: Int
    let barWidth: Int
    let baseline: Int
    let labelY: Int
    let viewHeight: Int
    let left: Int
    let right: Int
    let top: Int
    let most: Int
    let isEmpty: Bool
    let summary: String

    init(_ counts: [SignInCount]) {
        let most = Self.scale(counts.map { $0.done + $0.refused }.max() ?? 0)
        let baseline = Self.top + Self.height
        self.days = counts.enumerated()
            .map { index, count in
                let doneHeight = count.done * Self.height / most
                let refusedHeight = count.refused * Self.height / most
                return Day(
                    label: ReadableDate.shortDay(count.day),
                    x: Self.left + index * Self.step + 8,
                    middle: Self.left + index * Self.step + Self.step / 2,
                    doneY: baseline - doneHeight,
                    doneHeight: doneHeight,
                    refusedY: baseline - doneHeight - refusedHeight,
                    refusedHeight: refusedHeight,
                    done: count.done,
                    refused: count.refused,
                    isLabelled: (counts.count - 1 - index).isMultiple(of: 3)
                )
            }
        self.width = Self.left + counts.count * Self.step + 8
        self.barWidth = Self.step - 16
        self.baseline = baseline
        self.labelY = baseline + 22
        self.viewHeight = baseline + 32
        self.left = Self.left
        self.right = Self.left + counts.count * Self.step
        self.top = Self.top
        self.most = most
        let done = counts.reduce(0) { $0 + $1.done }
        let refused = counts.reduce(0) { $0 + $1.refused }
        self.isEmpty = done + refused == 0
        self.summary =
            self.isEmpty
            ? "Nobody has signed in yet."
            : "\(done) signed in and \(refused) were refused in the last \(counts.count) days."
    }

    /// The least round number that is not less than the greatest.
    private static func scale(_ greatest: Int) -> Int {
        var unit = 1
        while true {
            for factor in [4, 10, 20] where factor * unit >= greatest { return factor * unit }
            unit *= 10
        }
    }
}
