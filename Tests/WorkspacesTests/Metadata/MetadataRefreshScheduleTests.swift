import FoundationEssentials
import Testing
import Workspaces

@Suite("Times of refreshes")
struct MetadataRefreshScheduleTests {
    private static let now = SampleSignIn.now
    private static let day = 86_400

    @Test(
        "Metadata is fetched as often as it asks for, between ten minutes and a week, and before it ends",
        arguments: [
            (nil, nil, 86_400), (6 * 3600, nil, 21_600), (0, nil, 600), (30 * 86_400, nil, 604_800),
            (nil, 3600, 2700), (nil, 60, 600), (nil, -5, 600), (nil, 30 * 86_400, 86_400),
            (30 * 86_400, 4 * 86_400, 3 * 86_400),
        ] as [(cache: Int?, valid: Int?, after: Double)]
    )
    func next(cache: Int?, valid: Int?, after: Double) {
        let next = MetadataRefreshSchedule(jitter: 0)
            .next(
                after: Self.now,
                cacheDuration: cache.map { .seconds($0) },
                validUntil: valid.map { Self.now.addingTimeInterval(Double($0)) }
            )
        #expect(next.timeIntervalSince(Self.now) == after)
    }

    @Test(
        "A failure is tried again later each time, at most after six hours",
        arguments: [(0, 300), (1, 300), (2, 600), (4, 2400), (7, 19_200), (8, 21_600), (1_000_000, 21_600)]
            as [(failures: Int, after: Double)]
    )
    func retry(failures: Int, after: Double) {
        let next = MetadataRefreshSchedule(jitter: 0).retry(after: Self.now, failures: failures)
        #expect(next.timeIntervalSince(Self.now) == after)
    }

    @Test(
        "At most a tenth is taken off",
        arguments: [(0, 86_400), (0.5, 82_080), (1, 77_760), (7, 77_760), (-7, 86_400)]
    )
    func jitter(jitter: Double, after: Double) {
        let next = MetadataRefreshSchedule(jitter: jitter).next(after: Self.now, cacheDuration: nil, validUntil: nil)
        #expect(abs(next.timeIntervalSince(Self.now) - after) < 1)
    }
}
