import Testing

@testable import Portico

/// `portico keys`, as a script calls it, and what `serve` and the doctor say of the keys.
@Suite("Commands for Portico's own keys")
struct KeysCommandsTests {
    @Test("A rotation makes keys that take over later; a second one waits; without overlap older ones retire")
    func rotation() async throws {
        let bench = try await CommandBench()
        #expect(try await bench.json("keys", "list").count == 0)
        // In a new installation there is nothing to overlap with.
        let first = try await bench.json("keys", "rotate")
        #expect(first.count == 2)
        #expect(first[0]["state"] == .text("active"))
        let second = try await bench.json("keys", "rotate", "--overlap", "30d")
        #expect(second.count == 4)
        for (index, use) in [(0, "encryption"), (2, "signing")] {
            #expect(second[index]["use"] == .text(use))
            #expect(second[index]["state"] == .text("active"))
            #expect(second[index]["retires_at"] == second[index + 1]["active_from"])
            #expect(second[index + 1]["state"] == .text("next"))
        }
        let third = try await bench.run("keys", "rotate")
        #expect(third.status == 1)
        #expect(third.errors.contains("rotate again after that"), "\(third.errors)")
        #expect(third.errors.split(separator: "\n").count == 1)
        let forced = try await bench.json("keys", "rotate", "--overlap", "0s")
        #expect(forced.count == 6)
        #expect((0..<6).filter { forced[$0]["state"] == .text("retired") }.count == 4)
    }

    @Test("Wrong usage is told with status 2", arguments: [["--overlap", "14"], ["--overlap", "500d"], ["--fast"]])
    func usage(_ arguments: [String]) async throws {
        #expect(try await CommandBench().run(["keys", "rotate"] + arguments).status == 2)
    }

    @Test("Without the secret key a list is shown and nothing is rotated")
    func missingSecretKey() async throws {
        let bench = try await CommandBench(secretKey: nil)
        #expect(try await bench.run("keys", "list").status == 0)
        let rotated = try await bench.run("keys", "rotate")
        #expect(rotated.status == 2)
        #expect(rotated.errors.contains("PORTICO_SECRET_KEY is missing"))
    }

    @Test(
        "Another secret key is told by the doctor, and serve does not start; behind a new one the old one still opens"
    )
    func otherSecretKey() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("keys", "rotate")
        #expect(try await bench.run("doctor").output.contains("ok       SAML keys: 2"))
        let both = "\(SettingsExample.otherSecretKey),\(SettingsExample.secretKey)"
        let older = try await bench.changed("PORTICO_SECRET_KEY", to: both).run("doctor")
        #expect(older.output.contains("warning  SAML keys"), "\(older.output)\(older.errors)")
        let other = bench.changed("PORTICO_SECRET_KEY", to: SettingsExample.otherSecretKey)
        let doctor = try await other.run("doctor")
        #expect(doctor.status == 1)
        #expect(doctor.output.contains("FAILURE  SAML keys"), "\(doctor.output)\(doctor.errors)")
        #expect(doctor.output.contains("→ the operator sets PORTICO_SECRET_KEY"))
        let serve = try await other.run("serve", "--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0")
        #expect(serve.status == 1)
        let line = try #require(serve.errors.split(separator: "\n").last)
        #expect(line.hasPrefix("portico: the stored keys are encrypted under a secret key that PORTICO_SECRET_KEY"))
    }
}
