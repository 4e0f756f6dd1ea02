import Testing
import XMLSecurity

/// `portico workspace apply` (interface section 7).
@Suite("Applying a file of workspaces")
struct WorkspaceApplyTests {
    private static let file = """
        workspaces:
          - company_id: company-a
            name: Company A
            owner: ann@company-a.example
            domains: [company-a.example]
            saml:
              sign_in_url: https://idp.example/sso
              issuer: https://idp.example/metadata
              certificates: [file: idp.pem]
              sp_issuer: portico
              acs_style: own
              roles_mode: auto
              attributes: { email: email, display_name: displayName, roles: roles, groups: groups }
              signature_policy: either
              allow_idp_initiated: true
              slo_url: https://idp.example/slo
              slo_binding: post
              slo_response_url: https://idp.example/slo/answers
              sign_requests: true
              request_binding: post
              require_encryption: true
              authn_context: [TimeSyncToken, "urn:example:mfa"]
              name_id_policy: persistent
              send_login_hint: true
            default_role: LABELER
            self_registration: true
            seats: 50
        """

    @Test("A file makes a workspace; again it changes nothing; a changed line changes that")
    func convergence() async throws {
        let bench = try await CommandBench()
        _ = try bench.certificate()
        let path = try bench.file("workspaces.yaml", Self.file)
        let preview = try await bench.json("workspace", "apply", "-f", path, "--dry-run")
        #expect(preview[0]["action"] == .text("create"))
        #expect(try await bench.json("workspace", "list").count == 0)
        #expect(try await bench.json("workspace", "apply", "-f", path)[0]["action"] == .text("create"))
        let shown = try await bench.json("workspace", "show", "company-a")
        #expect(shown["saml"]["enabled"] == .bool(true))
        #expect(shown["saml"]["acs_url"] == .text("https://apps.example.com/.portico/saml/company-a/acs"))
        #expect(shown["seats"] == .number(50))
        for key in ["sign_requests", "require_encryption", "allow_idp_initiated", "send_login_hint"] {
            #expect(shown["saml"][key] == .bool(true))
        }
        #expect(shown["saml"]["request_binding"] == .text("post"))
        #expect(shown["saml"]["authn_context"][1] == .text("urn:example:mfa"))
        #expect(shown["saml"]["name_id_policy"] == .text("persistent"))
        #expect(shown["saml"]["slo_url"] == .text("https://idp.example/slo"))
        #expect(shown["saml"]["slo_binding"] == .text("post"))
        #expect(shown["saml"]["slo_response_url"] == .text("https://idp.example/slo/answers"))
        #expect(
            shown["saml"]["single_logout_url"] == .text("https://apps.example.com/.portico/saml/company-a/slo")
        )
        #expect(shown["domains"][0] == .text("company-a.example"))
        #expect(try await bench.json("workspace", "apply", "-f", path)[0]["action"] == .text("unchanged"))
        let changed = try bench.file("changed.yaml", "workspaces: [{company_id: company-a, seats: 60}]")
        let difference = try await bench.json("workspace", "apply", "-f", changed)[0]["differences"]
        #expect(difference.count == 1)
        #expect(difference[0]["old"] == .text("50"))
        #expect(difference[0]["new"] == .text("60"))
        #expect(try await bench.json("workspace", "show", "company-a")["name"] == .text("Company A"))
    }

    @Test(
        "S1 C1 A4 limits of sessions and seats, and protect_last_admin, are set, stay where nothing is said, and null lifts them"
    )
    func limits() async throws {
        let bench = try await CommandBench()
        let apply = { (entry: String) in
            let path = try bench.file("w.yaml", "workspaces: [{company_id: a, \(entry)}]")
            return try await bench.json("workspace", "apply", "-f", path)[0]
        }
        let all = "seats: 5, protect_last_admin: true, max_session_age: 8h, max_time_between_activity: 30m"
        #expect(try await apply(all)["action"] == .text("create"))
        let shown = try await bench.json("workspace", "show", "a")
        #expect(shown["seats"] == .number(5) && shown["protect_last_admin"] == .bool(true))
        #expect(shown["max_session_age"] == .text("8h"))
        #expect(shown["max_time_between_activity"] == .text("30m"))
        #expect(try await apply(all)["action"] == .text("unchanged"))
        #expect(try await apply("name: A")["differences"].count == 1)
        let lifted = try await apply("seats: null, max_session_age: ~")["differences"]
        #expect(lifted.count == 2)
        #expect(lifted[0]["field"] == .text("seats") && lifted[0]["old"] == .text("5"))
        #expect(lifted[1]["field"] == .text("max_session_age") && lifted[1]["old"] == .text("480m"))
        let after = try await bench.json("workspace", "show", "a")
        #expect(after["seats"] == JSONValue.null && after["max_session_age"] == JSONValue.null)
        #expect(after["max_time_between_activity"] == .text("30m") && after["protect_last_admin"] == .bool(true))
        let changes = try await bench.json("audit", "a")
        #expect(changes[changes.count - 1]["detail"]["old_max_session_age"] == .text("480m"))
    }

    @Test(
        "S1 a limit of sessions that the installation does not allow is refused before anything is written",
        arguments: [
            "max_session_age: 25h", "max_session_age: 4m", "max_session_age: 1h, max_time_between_activity: 61m",
        ]
    )
    func refusedLimits(_ entry: String) async throws {
        let bench = try await CommandBench()
        let path = try bench.file("w.yaml", "workspaces: [{company_id: a, \(entry)}]")
        let run = try await bench.run("workspace", "apply", "-f", path)
        #expect(run.status == 1)
        #expect(run.errors.contains("a: max_"), "\(run.errors)")
        #expect(try await bench.json("workspace", "list").count == 0)
    }

    @Test(
        "Mistakes in the file are exit status 2, all of them at once",
        arguments: [
            "workspaces: [{company_id: a, nmae: x, seats: many}]",
            "workspaces: [{company_id: a, saml: {metadata: idp.xml, metadata_refresh: daily}}]",
            "workspaces: [{company_id: a, saml: {metadata_entity: urn:idp, name_id_policy: none}}]",
            "workspaces: [{company_id: a, saml: {metadata: {file: idp.xml}, issuer: urn:idp, sign_in_url: x}}]",
            "workspaces: [{company_id: a, saml: {allow_idp_initiated: perhaps, certificates: [file: none.pem]}}]",
            "workspaces: [{name: x, saml: {acs_style: mine}}]",
            "workspaces: [{company_id: a, max_session_age: 90s, protect_last_admin: perhaps}]",
            "workspaces: [{company_id: a, mappings: {roles: [{group: A}], space: []}}]",
            "workspaces: [{company_id: a, role_management: me, mappings: {projects: [{group: A, id: 4, project: 4}]}}]",
        ]
    )
    func mistakes(_ text: String) async throws {
        let bench = try await CommandBench()
        let run = try await bench.run("workspace", "apply", "-f", try bench.file("w.yaml", text))
        #expect(run.status == 2)
        #expect(run.errors.contains("2 mistakes"), "\(run.errors)")
    }

    @Test("Everything that is refused in a file is told at once, and nothing is written")
    func everyRefusal() async throws {
        let bench = try await CommandBench()
        let wrong = """
            {company_id: ID, owner: ann, default_role: ADMIN, max_session_age: 4m, domains: [gmail],
              saml: {sign_in_url: "http://idp.example", issuer: "urn:idp"},
              mappings: {roles: [{group: g, role: NOBODY}]}, spaces: [{space: a b}]}
            """
        let words = [
            "owner", "default_role: ", "max_session_age", "gmail", "sign_in_url: ",
            "mappings.roles[0].role: ", "spaces[0].space: ",
        ]
        for id in ["company-a", "-"] {
            let text = "workspaces: [\(wrong.replacing("ID", with: "'\(id)'"))]"
            let run = try await bench.run("workspace", "apply", "-f", try bench.file("w.yaml", text))
            #expect(run.status == 1)
            for word in words { #expect(run.errors.contains(word), "\(word): \(run.errors)") }
            #expect(id != "-" || run.errors.contains("“-” does not fit"), "\(run.errors)")
            #expect(try await bench.json("workspace", "list").count == 0)
        }
        _ = try await bench.json("workspace", "create", "company-a", "--name", "A")
        let known = "workspaces: [\(wrong.replacing("ID", with: "company-a"))]"
        let run = try await bench.run("workspace", "apply", "-f", try bench.file("w.yaml", known))
        for word in words { #expect(run.errors.contains(word), "\(word): \(run.errors)") }
    }

    @Test("D5 domains are claimed by name, however a file has them: those who claimed them first are told in one order")
    func order() async throws {
        let bench = try await CommandBench()
        let text = "workspaces: [{company_id: company-a, name: A, domains: [c.example, B.example, a.example]}]"
        let path = try bench.file("w.yaml", text)
        let differences = try await bench.json("workspace", "apply", "-f", path)[0]["differences"]
        let claimed = (0..<differences.count)
            .compactMap { differences[$0]["field"] == .text("domains") ? differences[$0]["new"] : nil }
        #expect(claimed == ["a.example", "b.example", "c.example"].map { .text($0) })
    }

    @Test("A workspace has one entry in a file")
    func oneEntry() async throws {
        let bench = try await CommandBench()
        let text = "workspaces: [{company_id: a}, {company_id: A, name: Another}]"
        let run = try await bench.run("workspace", "apply", "-f", try bench.file("w.yaml", text))
        #expect(run.status == 1 && run.errors.contains("A: has an entry already"), "\(run.errors)")
        #expect(try await bench.json("workspace", "list").count == 0)
    }

    @Test("O1 what a new workspace begins with is told beforehand and stands in its audit log")
    func firstSettings() async throws {
        let bench = try await CommandBench()
        let text = """
            workspaces:
              - { company_id: a, name: Company A, owner: ann@a.example, seats: 5, guests: true, default_role: REVIEWER,
                  self_registration: false }
            """
        let path = try bench.file("w.yaml", text)
        let wanted = [
            "company_id": "a", "name": "Company A", "owner": "ann@a.example", "seats": "5", "guests": "true",
            "default_role": "REVIEWER", "self_registration": "false",
        ]
        for arguments in [["--dry-run"], []] {
            guard
                case .array(let differences) =
                    try await bench.json(["workspace", "apply", "-f", path] + arguments)[0]["differences"]
            else {
                Issue.record("no differences")
                return
            }
            for (field, value) in wanted {
                let found = differences.first { $0["field"] == .text(field) }
                #expect(found?["new"] == .text(value) && found?["old"] == .null, "\(field)")
            }
        }
        let event = try await bench.json("audit", "a")[0]
        #expect(event["action"] == .text("workspace_created") && event["email"] == .text("ann@a.example"))
        for (field, value) in wanted { #expect(event["detail"][field] == .text(value), "\(field)") }
    }

    @Test("One refused workspace keeps the others from being written")
    func allOrNothing() async throws {
        let bench = try await CommandBench()
        let text = "workspaces: [{company_id: a}, {company_id: b, saml: {sign_in_url: 'https://idp.example'}}]"
        let run = try await bench.run("workspace", "apply", "-f", try bench.file("w.yaml", text))
        #expect(run.status == 1)
        #expect(run.errors.contains("b: "))
        #expect(try await bench.json("workspace", "list").count == 0)
    }

    @Test("Metadata of a file says what a person would type, and is read at each run")
    func metadataOfAFile() async throws {
        let bench = try await CommandBench()
        let certificate = try MetadataText.certificate("one")
        _ = try bench.file("idp.xml", MetadataText.document([certificate]))
        let path = try bench.file(
            "w.yaml",
            "workspaces: [{company_id: a, name: A, domains: [a.example], saml: {metadata: {file: idp.xml}}}]"
        )
        _ = try await bench.json("workspace", "apply", "-f", path)
        let shown = try await bench.json("workspace", "show", "a")["saml"]
        #expect(shown["enabled"] == .bool(true))
        #expect(shown["sign_in_url"] == .text("https://idp.example/sso"))
        #expect(shown["certificates"][0]["sha256_fingerprint"] == .text(certificate.sha256Fingerprint))
        #expect(try await bench.json("workspace", "apply", "-f", path)[0]["action"] == .text("unchanged"))
        _ = try bench.file("idp.xml", MetadataText.document([try MetadataText.certificate("two")]))
        let again = try await bench.json("workspace", "apply", "-f", path)[0]["differences"]
        #expect(again.count == 1)
        #expect(again[0]["field"] == .text("certificates"))
    }

    @Test("Metadata of a URL is followed: applying the file again approves no certificate")
    func metadataOfAURL() async throws {
        let certificate = try MetadataText.certificate("one")
        let server = try await MetadataServer.start(MetadataText.document([certificate]))
        let bench = try await CommandBench().changed("SSL_CERT_FILE", to: MetadataServer.authority)
            .changed("PORTICO_FETCH_ALLOW", to: "127.0.0.0/8")
        let path = try bench.file(
            "w.yaml",
            "workspaces: [{company_id: a, name: A, domains: [a.example], saml: {metadata: \"\(server.url)\", metadata_refresh: pinned}}]"
        )
        _ = try await bench.json("workspace", "apply", "-f", path)
        let shown = try await bench.json("workspace", "show", "a")["saml"]
        #expect(shown["idp_metadata"]["url"] == .text(server.url))
        server.publish(MetadataText.document([try MetadataText.certificate("two")]))
        #expect(try await bench.json("workspace", "apply", "-f", path)[0]["action"] == .text("unchanged"))
        let later = try await bench.json("workspace", "show", "a")["saml"]["certificates"]
        #expect(later[0]["sha256_fingerprint"] == .text(certificate.sha256Fingerprint))
        let automatic = try bench.file(
            "automatic.yaml",
            "workspaces: [{company_id: a, saml: {metadata: \"\(server.url)\", metadata_refresh: automatic}}]"
        )
        let changed = try await bench.json("workspace", "apply", "-f", automatic)[0]["differences"]
        #expect(changed.count == 1)
        #expect(changed[0]["field"] == .text("metadata_refresh"))
        let other = "\(server.url)/other"
        try await server.stop()
        let elsewhere = try bench.file(
            "elsewhere.yaml",
            "workspaces: [{company_id: a, saml: {metadata: \"\(other)\"}}]"
        )
        let refused = try await bench.run("workspace", "apply", "-f", elsewhere)
        #expect(refused.status == 1)
        #expect(refused.errors.contains(other))
    }
}
