import FoundationEssentials
import Testing
import Workspaces

@Suite("identifiers")
struct IdentifierTests {
    @Test("ids are written in lower case and read back")
    func uuids() throws {
        let id = WorkspaceID.random()
        #expect(id.description == id.description.lowercased())
        #expect(WorkspaceID(id.description) == id)
        #expect(UserID("not an id") == nil)
        #expect(SessionID(SessionID.random().description) != nil)
        #expect(SessionID.random() != SessionID.random())
    }

    @Test(
        "request ids from a proxy are bounded and hold nothing that breaks a log line",
        arguments: [
            ("abc-123", true), ("Root=1-67891233-abcdef012345678912345678", true), ("", false), ("a b", false),
            ("a\nb", false), ("a\"b", false), ("ä", false), (String(repeating: "a", count: 128), true),
            (String(repeating: "a", count: 129), false),
        ]
    )
    func requestIDs(_ text: String, _ isAccepted: Bool) {
        #expect((RequestID(text) != nil) == isAccepted)
    }

    @Test("request ids of our own are short and accepted again")
    func ownRequestIDs() {
        let id = RequestID.random()
        #expect(id.value.utf8.count == 16)
        #expect(RequestID(id.value) == id)
        #expect(RequestID.random() != id)
    }

    @Test(
        "rulings 20 roles",
        arguments: [
            ("ADMIN", true), ("A", true), ("READER2", true), ("", false), ("admin", false), ("2ADMIN", false),
            ("SUPER_ADMIN", false), ("ADMIN ", false), ("\u{ff21}DMIN", false),
            (String(repeating: "A", count: 33), false),
        ]
    )
    func roles(_ text: String, _ isAccepted: Bool) {
        #expect((Role(text) != nil) == isAccepted)
    }

    @Test("rulings 20 catalogues say what is wrong with them")
    func catalogues() throws {
        #expect(throws: RoleCatalogue.Mistake.empty) { try RoleCatalogue(names: []) }
        #expect(throws: RoleCatalogue.Mistake.malformed("admin")) { try RoleCatalogue(names: ["OWNER", "admin"]) }
        let owner = try #require(Role("OWNER"))
        #expect(throws: RoleCatalogue.Mistake.repeated(owner)) { try RoleCatalogue(names: ["OWNER", "OWNER"]) }
        let catalogue = try RoleCatalogue(names: ["OWNER", "EDITOR"])
        #expect(catalogue.admin == owner)
        #expect(catalogue.lowest == Role("EDITOR"))
        #expect(RoleCatalogue.standard.roles.map(\.name) == ["ADMIN", "SUPERVISOR", "REVIEWER", "LABELER"])
    }

    @Test(
        "M3 default roles",
        arguments: [
            ("LABELER", "LABELER"), ("NOT_ACTIVATED", "NOT_ACTIVATED"), ("ADMIN", nil), ("OWNER", nil),
            ("labeler", nil),
        ] as [(String, String?)]
    )
    func defaultRoles(_ text: String, _ expected: String?) {
        #expect(DefaultRole(text, in: .standard)?.description == expected)
    }
}
