import Foundation
import ServiceLifecycle

/// Ends when the process that started this one is gone, for instance a `make` that was killed.
struct ParentWatch: Service {
    private let parent = getppid()

    func run() async throws {
        // Process 1 starts what is meant to stay, and there is nobody above it in a container.
        guard self.parent > 1 else {
            try await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            while getppid() == self.parent {
                do {
                    // No signal tells of it on every system; a second more of life harms nothing.
                    try await Task.sleep(for: .seconds(1))
                } catch {
                    return
                }
            }
        }
    }
}
