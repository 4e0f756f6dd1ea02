import Testing
import Workspaces

@Suite("Company ID")
struct CompanyIDTests {
    @Test(
        "T2 accepted",
        arguments: [
            "a", "7", "company-a", "Company_A", "a.b-c_d", String(repeating: "a", count: 63), "0xdeadbeef",
        ]
    )
    func accepted(_ text: String) {
        #expect(CompanyID(text)?.value == text)
    }

    @Test(
        "T2 refused",
        arguments: [
            "", "-a", "a-", "_a", "a_", ".a", "a.", "a b", " a", "a\n", "a/b", "ä", "\u{ff41}", "a\u{301}", "a@b",
            String(repeating: "a", count: 64),
        ]
    )
    func refused(_ text: String) {
        #expect(CompanyID(text) == nil)
    }

    @Test("Q17 what is typed is trimmed and found in any case")
    func typed() {
        #expect(CompanyID(typed: "  Company-A \n")?.folded == "company-a")
        #expect(CompanyID(typed: "\u{a0}company-a") == nil)
        #expect(CompanyID(typed: " ") == nil)
    }

    @Test("R3 two spellings are one key and two values")
    func spelling() throws {
        let upper = try #require(CompanyID("Company-A"))
        let lower = try #require(CompanyID("company-a"))
        #expect(upper != lower)
        #expect(upper.folded == lower.folded)
    }
}
