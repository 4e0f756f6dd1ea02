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
        #expect(first.count == 3)
        #expect((0..<3).allSatisfy { first[$0]["state"] == .text("active") })
        let second = try await bench.json("keys", "rotate", "--overlap", "30d")
        #expect(second.count == 6)
        for (index, use, end) in [
            (0, "encryption", "retires_at"), (2, "identity", "signs_until"), (4, "signing", "retires_at"),
        ] {
            #expect(second[index]["use"] == .text(use))
            #expect(second[index]["state"] == .text("active"))
            #expect(second[index][end] == second[index + 1]["active_from"])
            #expect(second[index + 1]["state"] == .text("next"))
        }
        let third = try await bench.run("keys", "rotate")
        #expect(third.status == 1)
        #expect(third.errors.contains("rotate again after that"), "\(third.errors)")
        #expect(third.errors.split(separator: "\n").count == 1)
        let forced = try await bench.json("keys", "rotate", "--overlap", "0s")
        #expect(forced.count == 9)
        #expect((0..<9).filter { forced[$0]["state"] == .text("retired") }.count == 6)
    }

    @Test("One kind of keys can be rotated alone; a refusal of one leaves both as they were")
    func kinds() async throws {
        let bench = try await CommandBench()
        #expect(try await bench.json("keys", "rotate", "--only", "identity").count == 1)
        let identity = try await bench.json("keys", "rotate", "--only", "identity", "--overlap", "1h")
        #expect(identity.count == 2)
        #expect((0..<2).allSatisfy { identity[$0]["use"] == .text("identity") })
        let both = try await bench.run("keys", "rotate")
        #expect(both.status == 1)
        #expect(both.errors.contains("The identity-token key of the last rotation"), "\(both.errors)")
        #expect(try await bench.json("keys", "list").count == 2)
        #expect(try await bench.json("keys", "rotate", "--only", "saml").count == 4)
        let short = try await bench.run("keys", "rotate", "--only", "identity", "--overlap", "59m")
        #expect(short.status == 1)
        #expect(short.errors.contains("an overlap of at least 1h"), "\(short.errors)")
        let listed = try await bench.run("keys", "list").output
        #expect(listed.contains("identity"))
        #expect(!listed.contains("PRIVATE"))
    }

    @Test(
        "Wrong usage is told with status 2",
        arguments: [["--overlap", "14"], ["--overlap", "500d"], ["--fast"], ["--only", "x"]]
    )
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
        let examined = try await bench.run("doctor").output
        #expect(examined.contains("ok       SAML keys: 2") && examined.contains("ok       identity keys: 1"))
        let both = "\(SettingsExample.otherSecretKey),\(SettingsExample.secretKey)"
        let older = try await bench.changed("PORTICO_SECRET_KEY", to: both).run("doctor")
        #expect(older.status == 1 && older.output.contains("ok       SAML keys: 2"))
        #expect(older.output.contains("warning  secret key: 2 SAML keys, 1 identity keys under "), "\(older.output)")
        #expect(older.output.contains("→ the operator leaves that key in SECRET_KEY"))
        let spare =
            try await bench.changed(
                "PORTICO_SECRET_KEY",
                to: "\(SettingsExample.secretKey),\(SettingsExample.otherSecretKey)"
            )
            .run("doctor").output
        #expect(
            spare.contains("ok       secret key: 2 SAML keys, 1 identity keys under ")
                && spare.contains(", to be taken out")
        )
        let other = bench.changed("PORTICO_SECRET_KEY", to: SettingsExample.otherSecretKey)
        let doctor = try await other.run("doctor")
        #expect(doctor.status == 1)
        for kind in ["SAML", "identity"] {
            #expect(doctor.output.contains("FAILURE  \(kind) keys"), "\(doctor.output)\(doctor.errors)")
        }
        #expect(doctor.output.contains("→ the operator sets PORTICO_SECRET_KEY"))
        #expect(doctor.output.contains("FAILURE  secret key: 2 SAML keys, 1 identity keys under "))
        #expect(doctor.output.contains("if it is lost, `portico keys rotate --overlap 0s` makes new keys"))
        let serve = try await other.run("serve", "--listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0")
        #expect(serve.status == 1)
        let line = try #require(serve.errors.split(separator: "\n").last)
        #expect(line.hasPrefix("portico: the stored keys are encrypted under a secret key that PORTICO_SECRET_KEY"))
    }
}
