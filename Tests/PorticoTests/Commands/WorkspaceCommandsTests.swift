import Testing

/// `portico workspace`, `saml` and `domain`, as a script calls them.
@Suite("Commands for workspaces")
struct WorkspaceCommandsTests {
    @Test("A workspace is made, configured, enabled, shown, disabled and deleted")
    func life() async throws {
        let bench = try await CommandBench()
        let made = try await bench.json(
            "workspace",
            "create",
            "company-a",
            "--name",
            "Company A",
            "--owner",
            "Ann@Company-A.example"
        )
        #expect(made["owner"] == .text("ann@company-a.example"))
        #expect(made["saml"]["acs_url"] == .text("https://apps.example.com/.portico/saml/acs"))
        let early = try await bench.run("saml", "enable", "company-a")
        #expect(early.status == 1)
        #expect(early.errors.contains("configure SAML first"))
        _ = try await bench.json("domain", "claim", "company-a", "company-a.example", "--operator-override")
        #expect(try await bench.json("domain", "list", "company-a")[0]["proof"] == .text("operator_override"))
        _ = try await bench.json(
            "saml",
            "configure",
            "company-a",
            "--sign-in-url",
            "https://idp.example/sso",
            "--issuer",
            "https://idp.example/metadata",
            "--certificate",
            try bench.certificate(),
            "--attributes",
            "email=mail"
        )
        _ = try await bench.json("saml", "enable", "COMPANY-A")
        let shown = try await bench.json("saml", "show", "company-a")
        #expect(shown["enabled"] == .bool(true))
        #expect(shown["issuer"] == .text("https://idp.example/metadata"))
        #expect(shown["attributes"]["email"] == .text("mail"))
        #expect(shown["certificates"][0]["key"] == .text("ECDSA P-256"))
        #expect(shown["sign_requests"] == .bool(false))
        #expect(shown["request_binding"] == .text("redirect"))
        let requests = ["--sign-requests", "--request-binding", "post", "--force-authn", "--require-encryption"]
        #expect(try await bench.run(["saml", "configure", "company-a"] + requests).status == 0)
        #expect(try await bench.run("saml", "configure", "company-a", "--no-force-authn").status == 0)
        let contexts = ["--authn-context", "TimeSyncToken", "urn:example:mfa", "--name-id-policy", "transient"]
        #expect(try await bench.run(["saml", "configure", "company-a", "--send-login-hint"] + contexts).status == 0)
        let strict = try await bench.json("saml", "show", "company-a")
        #expect(strict["authn_context"][0] == .text("urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken"))
        #expect(strict["authn_context"][1] == .text("urn:example:mfa"))
        #expect(strict["name_id_policy"] == .text("transient"))
        #expect(strict["send_login_hint"] == .bool(true))
        #expect(try await bench.run("saml", "configure", "company-a", "--authn-context", "").status == 0)
        let asked = try await bench.json("saml", "show", "company-a")
        #expect(asked["authn_context"].count == 0)
        #expect(asked["sign_requests"] == .bool(true))
        #expect(asked["request_binding"] == .text("post"))
        #expect(asked["force_authn"] == .bool(false))
        #expect(asked["require_encryption"] == .bool(true))
        #expect(asked["issuer"] == .text("https://idp.example/metadata"))
        #expect(try await bench.json("workspace", "list")[0]["saml"] == .text("enabled"))
        #expect(try await bench.json("workspace", "disable", "company-a")["status"] == .text("disabled"))
        #expect(try await bench.json("workspace", "enable", "company-a")["status"] == .text("enabled"))
        let unsure = try await bench.run("workspace", "delete", "company-a")
        #expect(unsure.status == 1)
        #expect(unsure.errors.contains("--yes"))
        _ = try await bench.json("workspace", "delete", "company-a", "--yes")
        let again = try await bench.run("workspace", "create", "Company-A", "--name", "Another")
        #expect(again.status == 1)
        #expect(again.errors.contains("never given twice"))
    }

    @Test("What was done and what comes next are lines of their own")
    func linesForPeople() async throws {
        let bench = try await CommandBench().changed("PORTICO_NO_SUCH_SETTING", to: "1")
        let made = try await bench.run("workspace", "create", "company-a", "--name", "A")
        let lines = made.output.split(separator: "\n").map(String.init)
        #expect(lines.count == 3 && lines.first == "made the workspace company-a", "\(made.output)")
        #expect(lines.dropLast().last?.hasPrefix("next: portico setup-link company-a") == true, "\(made.output)")
        #expect(lines.last?.hasPrefix("portico domain claim company-a DOMAIN") == true, "\(made.output)")
        let checked = try await bench.run("config", "check").output.split(separator: "\n")
        #expect(checked.contains("configuration is sound"), "\(checked)")
        #expect(checked.contains { $0.hasPrefix("warning: PORTICO_NO_SUCH_SETTING") }, "\(checked)")
    }

    @Test("What cannot be a certificate is refused with the reason", arguments: CertificateDefect.all)
    func certificates(_ defect: CertificateDefect) async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A")
        let refused = try await bench.run(
            "saml",
            "configure",
            "company-a",
            "--sign-in-url",
            "https://idp.example/sso",
            "--issuer",
            "urn:idp",
            "--certificate",
            try bench.file("idp.pem", try defect.text())
        )
        #expect(refused.status == 1)
        #expect(refused.errors.contains(defect.reason), "\(refused.errors)")
        #expect(refused.errors.split(separator: "\n").count == 1)
        #expect(try await bench.json("saml", "show", "company-a")["issuer"] == .null)
    }

    @Test("All that is wrong with a configuration is said at once")
    func mistakes() async throws {
        let bench = try await CommandBench()
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A")
        let refused = try await bench.run(
            "saml",
            "configure",
            "company-a",
            "--sign-in-url",
            "http://idp.example/sso",
            "--issuer",
            " urn:idp"
        )
        #expect(refused.status == 1)
        for field in ["sign_in_url:", "issuer:", "certificates:"] { #expect(refused.errors.contains(field)) }
    }

    @Test("Wrong usage is exit status 2", arguments: [["workspace"], ["domain", "claim", "a", "b.example"], ["x"]])
    func usage(_ arguments: [String]) async throws {
        let run = try await ProgramRun(arguments, environment: [:])
        #expect(run.status == (arguments == ["workspace"] ? 0 : 2))
    }

    @Test("A workspace that is not there is named")
    func unknown() async throws {
        let run = try await CommandBench().run("member", "list", "nowhere")
        #expect(run.status == 1)
        #expect(run.errors.contains("there is no workspace nowhere"))
    }
}
