import Testing

/// `portico doctor`.
@Suite("The doctor")
struct DoctorTests {
    @Test("It tells a dead upstream as a failure, with what to do, and the rest as it is")
    func upstream() async throws {
        let bench = try await CommandBench()
        let run = try await bench.run("doctor", "--public-url", "http://localhost:8080")
        #expect(run.status == 1)
        #expect(run.output.contains("ok       migrations"), "\(run.output)\(run.errors)")
        #expect(run.output.contains("FAILURE  upstream http://127.0.0.1:9"))
        #expect(run.output.contains("\n          → start the application"))
        #expect(!run.output.contains("\\u000a"))
    }

    @Test("It tells a database that does not answer")
    func database() async throws {
        let environment = [
            "PORTICO_DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none", "PORTICO_UPSTREAM": "http://127.0.0.1:9",
            "PORTICO_PUBLIC_URL": "http://localhost:8080", "PORTICO_SECRET_KEY": SettingsExample.secretKey,
        ]
        let run = try await ProgramRun(["doctor"], environment: environment)
        #expect(run.status == 1)
        #expect(run.output.contains("FAILURE  database"))
    }
}
