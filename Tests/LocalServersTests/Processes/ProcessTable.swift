import Foundation
import Testing

/// Tells whether a process of this id exists and is no zombie.
func processExists(_ id: Int32) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8) else { return false }
    return status.split(separator: ")").last?.split(separator: " ").first != "Z"
}

/// The first descendant of the process whose program has this name.
func descendant(of ancestor: Int32, named name: String) -> Int32? {
    let children = (try? String(contentsOfFile: "/proc/\(ancestor)/task/\(ancestor)/children", encoding: .utf8)) ?? ""
    for child in children.split(separator: " ").compactMap({ Int32($0) }) {
        let program = (try? String(contentsOfFile: "/proc/\(child)/comm", encoding: .utf8)) ?? ""
        if program.trimmingCharacters(in: .newlines) == name { return child }
        if let found = descendant(of: child, named: name) { return found }
    }
    return nil
}

/// Waits until the condition holds, a minute at most.
func eventually(_ condition: () -> Bool, sourceLocation: SourceLocation = #_sourceLocation) async throws {
    let clock = ContinuousClock()
    let deadline = clock.now + .seconds(60)
    while !condition() {
        try #require(clock.now < deadline, "The condition never came true.", sourceLocation: sourceLocation)
        try await clock.sleep(for: .milliseconds(20))
    }
}
