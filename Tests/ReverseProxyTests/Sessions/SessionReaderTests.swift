import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Readings of sessions that take too long")
struct SessionReaderTests {
    private let hash = SessionToken.random().hash

    private func reader(load: @escaping SessionDirectory.Loader) -> SessionReader {
        SessionReader(
            settings: SessionDirectory.Settings(
                loadTimeout: .milliseconds(50),
                maximumReadings: 1,
                readingSize: 1
            ),
            load: load
        )
    }

    @Test func storageThatDoesNotNoticeThatItIsGivenUpIsNotWaitedFor() async {
        let reader = self.reader { _ in
            await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
            return [:]
        }
        await #expect(throws: SessionReader.Failure.timedOut) { try await reader.read(self.hash, in: .requests) }
    }

    @Test func aReadingThatNobodyWaitsForIsCancelled() async {
        let (cancellations, continuation) = AsyncStream<Bool>.makeStream()
        let reader = self.reader { _ in
            try? await Task.sleep(for: .seconds(3_600))
            continuation.yield(Task.isCancelled)
            return [:]
        }
        await #expect(throws: SessionReader.Failure.timedOut) { try await reader.read(self.hash, in: .requests) }
        #expect(await cancellations.first { _ in true } == true)
    }
}
