import Foundation
import Testing
import XMLSecurity

/// `portico saml refresh`, `pending`, `approve` and `reject`, as a script calls them.
@Suite("Commands about metadata")
struct MetadataCommandsTests {
    @Test("A new key is shown, rejected, approved, and told by the doctor meanwhile")
    func review() async throws {
        let (old, new) = (try MetadataText.certificate("old"), try MetadataText.certificate("new"))
        try await MetadataBench.with([old]) { bench in
            let commands = bench.commands
            #expect(try await commands.json("saml", "pending", "company-a").count == 0)
            bench.server.publish(MetadataText.document([old, new]))
            let refreshed = try await commands.json("saml", "refresh", "company-a")
            #expect(refreshed["differences"].count == 0)
            #expect(refreshed["pending"][0]["sha256_fingerprint"] == .text(new.sha256Fingerprint))
            #expect(refreshed["metadata"]["refresh"] == .text("pinned"))

            let pending = try await commands.json("saml", "pending", "company-a")
            #expect(pending.count == 1)
            #expect(pending[0]["change"] == .text("add"))
            #expect(pending[0]["state"] == .text("pending"))
            #expect(pending[0]["subject"] == .text("CN=new"))
            #expect(try await commands.json("saml", "show", "company-a")["idp_metadata"]["pending"] == .number(1))
            let doctor = try await Self.doctor(commands)
            #expect(doctor.contains("certificates of its metadata that wait for a decision: 1"), "\(doctor)")

            let rejected = try await commands.json("saml", "reject", "company-a", new.sha256Fingerprint)
            #expect(rejected[0]["state"] == .text("rejected"))
            #expect(try await commands.json("saml", "refresh", "company-a")["pending"].count == 0)
            #expect(!(try await Self.doctor(commands)).contains("wait for a decision"))

            let typed = new.sha256Fingerprint.lowercased().filter { $0 != ":" }
            #expect(try await commands.json("saml", "approve", "company-a", typed).count == 0)
            let shown = try await commands.json("saml", "show", "company-a")
            #expect(shown["certificates"].count == 2)
            #expect(shown["certificates"][1]["sha256_fingerprint"] == .text(new.sha256Fingerprint))
            let actions = try await commands.run("audit", "company-a").output
            for action in ["metadata_change_proposed", "metadata_change_rejected", "metadata_change_approved"] {
                #expect(actions.contains(action), "\(action)")
            }
        }
    }

    /// What the doctor says; a workspace is looked at once its people can sign in.
    private static func doctor(_ commands: CommandBench) async throws -> String {
        _ = try await commands.run("domain", "claim", "company-a", "company-a.example", "--operator-override")
        _ = try await commands.json("saml", "enable", "company-a")
        return try await commands.run("doctor").output
    }

    @Test("A refresh that fails says why in one line, keeps everything, and the doctor tells it")
    func failure() async throws {
        let certificate = try MetadataText.certificate()
        try await MetadataBench.with([certificate]) { bench in
            bench.server.publish(nil)
            let run = try await bench.commands.run("saml", "refresh", "company-a")
            #expect(run.status == 1)
            #expect(run.errors.contains("company-a: everything stays as it is: 127.0.0.1 answers with status 503"))
            #expect(run.errors.split(separator: "\n").count == 1)
            let shown = try await bench.commands.json("saml", "show", "company-a")
            #expect(shown["certificates"][0]["sha256_fingerprint"] == .text(certificate.sha256Fingerprint))
            #expect(shown["idp_metadata"]["failures"] == .number(1))
            #expect(try await Self.doctor(bench.commands).contains("its metadata cannot be fetched anew: 127.0.0.1"))
            bench.server.publish(MetadataText.document([certificate]))
            let again = try await bench.commands.run("saml", "refresh", "company-a")
            #expect(again.status == 0)
            #expect(again.output == "company-a: the metadata was fetched\n  nothing changes\n", "\(again.errors)")
            #expect(!(try await Self.doctor(bench.commands)).contains("fetched anew"))
        }
    }

    @Test("The mode is chosen by a flag, and shown")
    func mode() async throws {
        let (old, new) = (try MetadataText.certificate("old"), try MetadataText.certificate("new"))
        try await MetadataBench.with([old]) { bench in
            let run = try await bench.commands.run("saml", "configure", "company-a", "--metadata-refresh", "automatic")
            #expect(run.status == 0, "\(run.errors)")
            bench.server.publish(MetadataText.document([old, new]))
            let refreshed = try await bench.commands.json("saml", "refresh", "company-a")
            #expect(refreshed["differences"][0]["field"] == .text("certificates"))
            #expect(refreshed["pending"].count == 0)
            let shown = try await bench.commands.run("saml", "show", "company-a").output
            #expect(shown.contains(bench.server.url))
            #expect(shown.contains("automatic"))
        }
    }

    /// Arguments that are refused after `saml`, and the words of the refusal.
    struct Refusal: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        let words: String

        var testDescription: String { self.arguments.joined(separator: " ") }

        static let all = [
            Refusal(arguments: ["refresh", "company-a"], words: "company-a has no metadata URL: import its metadata"),
            Refusal(arguments: ["refresh", "company-z"], words: "there is no workspace company-z"),
            Refusal(arguments: ["pending", "company-z"], words: "there is no workspace company-z"),
            Refusal(
                arguments: ["approve", "company-a", "AB:CD"],
                words: "Nothing is proposed about a certificate with the fingerprint AB:CD"
            ),
            Refusal(arguments: ["reject", "company-a", "AB:CD"], words: "Nothing is proposed about a certificate"),
            Refusal(
                arguments: ["configure", "company-a", "--metadata-refresh", "automatic"],
                words: "metadata_refresh: There is no metadata URL to fetch from"
            ),
        ]
    }

    @Test("What cannot be done is refused in one line", arguments: Refusal.all)
    func refusals(_ refusal: Refusal) async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "Company A")
        let file = try bench.file("idp.xml", MetadataText.document([try MetadataText.certificate()]))
        _ = try await bench.json("saml", "configure", "company-a", "--metadata", file)
        let run = try await bench.run(["saml"] + refusal.arguments)
        #expect(run.status == 1)
        #expect(run.errors.contains(refusal.words), "\(run.errors)")
        #expect(run.errors.split(separator: "\n").count == 1)
    }

    @Test(
        "Wrong usage is exit status 2",
        arguments: [
            ["approve", "company-a"], ["reject", "company-a"], ["refresh"], ["pending"],
            ["configure", "company-a", "--metadata-refresh", "sometimes"],
        ]
    )
    func usage(_ arguments: [String]) async throws {
        #expect(try await ProgramRun(["saml"] + arguments).status == 2)
    }
}
