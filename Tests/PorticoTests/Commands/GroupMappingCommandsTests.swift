import Testing

/// The keys `mappings` and `role_management` of `portico workspace apply` (rulings 18).
@Suite("What groups give, by the command line")
struct GroupMappingCommandsTests {
    private static let file = """
        workspaces:
          - company_id: company-a
            role_management: idp
            mappings:
              roles:
                - { group: Admins, role: ADMIN }
                - { group: "Staff, Berlin", role: LABELER }
              spaces:
                - { group: Staff, space: radiology, title: Radiology }
              projects:
                - { group: Staff, project: 42, role: REVIEWER, title: X-rays }
                - { group: Staff, project: 43 }
        """

    @Test("G1 a file maps groups; again it changes nothing; a list that it leaves out stays")
    func convergence() async throws {
        let bench = try await CommandBench()
        let path = try bench.file("w.yaml", Self.file)
        let preview = try await bench.json("workspace", "apply", "-f", path, "--dry-run")[0]["differences"]
        #expect(try await bench.json("workspace", "apply", "-f", path)[0]["differences"] == preview)
        let shown = try await bench.json("workspace", "show", "company-a")
        #expect(shown["role_management"] == .text("idp"))
        #expect(shown["mappings"]["roles"][0]["group"] == .text("Admins"))
        #expect(shown["mappings"]["roles"][1]["role"] == .text("LABELER"))
        #expect(shown["mappings"]["spaces"][0]["title"] == .text("Radiology"))
        #expect(shown["mappings"]["projects"][0]["role"] == .text("REVIEWER"))
        #expect(shown["mappings"]["projects"][1]["project"] == .text("43"))
        #expect(shown["mappings"]["projects"][1]["role"] == .text("Inherit"))
        #expect(try await bench.json("workspace", "apply", "-f", path)[0]["action"] == .text("unchanged"))
        let changed = try bench.file("c.yaml", "workspaces: [{company_id: company-a, mappings: {roles: []}}]")
        let differences = try await bench.json("workspace", "apply", "-f", changed)[0]["differences"]
        #expect(differences.count == 1)
        #expect(differences[0]["field"] == .text("mappings.roles"))
        let after = try await bench.json("workspace", "show", "company-a")["mappings"]
        #expect(after["roles"].count == 0)
        #expect(after["projects"].count == 2)
        #expect(try await bench.json("audit", "company-a").count > 0)
    }

    @Test("G1, G3 a group that is mapped twice and a role that is gone are refused at their entries")
    func refused() async throws {
        let bench = try await CommandBench()
        let text = """
            workspaces:
              - company_id: company-a
                mappings:
                  roles: [{ group: A, role: ADMIN }, { group: A, role: LABELER }, { group: B, role: CHIEF }]
            """
        let run = try await bench.run("workspace", "apply", "-f", try bench.file("w.yaml", text))
        #expect(run.status == 1)
        let twice = "mappings.roles[1].group: The group “A” is mapped to ADMIN already"
        #expect(run.errors.contains(twice), "\(run.errors)")
        #expect(run.errors.contains("mappings.roles[2].role: “CHIEF” is not a role"), "\(run.errors)")
        #expect(try await bench.json("workspace", "list").count == 0)
    }

    @Test("G2 the preset for PingOne splits groups at commas, and so does a pair")
    func splitting() async throws {
        let bench = try await CommandBench()
        _ = try await bench.run("workspace", "create", "a", "--name", "A")
        let identityProvider = [
            "saml", "configure", "a", "--sign-in-url", "https://idp.example/sso", "--issuer", "urn:idp",
            "--certificate", try bench.certificate(),
        ]
        _ = try await bench.json(identityProvider + ["--attributes", "pingone"])
        #expect(try await bench.json("saml", "show", "a")["attributes"]["group_values"] == .text("comma"))
        _ = try await bench.json(["saml", "configure", "a", "--attributes", "group_values=separate"])
        #expect(try await bench.json("saml", "show", "a")["attributes"]["group_values"] == .text("separate"))
        let refused = try await bench.run("saml", "configure", "a", "--attributes", "group_values=tabs")
        #expect(refused.status == 2)
        #expect(refused.errors.contains("separate, comma"), "\(refused.errors)")
    }
}
