import SAML
import Testing
import Workspaces

@Suite("The groups attribute")
struct GroupsAttributeTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let values: [AttributeValue]?
        var form = GroupValues.separate
        let names: [String]

        static let all: [Row] = [
            Row(testDescription: "G2 no attribute is the empty set", values: nil, names: []),
            Row(testDescription: "G2 no value is the empty set", values: [], names: []),
            Row(
                testDescription: "G2 several values",
                values: [.text("A"), .text("B"), .text("A")],
                names: ["A", "B"]
            ),
            Row(testDescription: "G2 case counts", values: [.text("a"), .text("A")], names: ["A", "a"]),
            Row(testDescription: "Q17 white space of XML is trimmed", values: [.text("\n A B\t")], names: ["A B"]),
            Row(testDescription: "Q17 other white space is not", values: [.text("\u{A0}A")], names: ["\u{A0}A"]),
            Row(testDescription: "G2 a comma is part of a name", values: [.text("A,B")], names: ["A,B"]),
            Row(
                testDescription: "G2 PingOne joins with commas",
                values: [.text("A, B,,C ")],
                form: .comma,
                names: ["A", "B", "C"]
            ),
            Row(
                testDescription: "G2 whoever sends several values joins none",
                values: [.text("lunch,admins"), .text("D")],
                form: .comma,
                names: ["lunch,admins", "D"]
            ),
            Row(testDescription: "V2 a value that holds elements", values: [.structured, .text("A")], names: ["A"]),
            Row(
                testDescription: "a name that is too long to be mapped",
                values: [.text(String(repeating: "x", count: 257)), .text("A")],
                names: ["A"]
            ),
            Row(
                testDescription: "G2 texts that look the same are two groups",
                values: [.text("\u{E9}"), .text("e\u{301}")],
                names: ["e\u{301}", "\u{E9}"]
            ),
        ]
    }

    @Test("row", arguments: Row.all)
    func row(_ row: Row) throws {
        let names = try #require(GroupsAttribute.read(row.values, form: row.form)).map { Array($0.value.utf8) }
        #expect(Set(names) == Set(row.names.map { Array($0.utf8) }))
        #expect(names.count == row.names.count)
    }

    @Test("More groups than are read are not cut", arguments: GroupValues.allCases)
    func tooMany(_ form: GroupValues) {
        let names = (0...GroupsAttribute.maximumNames).map { "group-\($0)" }
        func values(_ count: Int) -> [AttributeValue] {
            let some = names.prefix(count)
            return form == .comma ? [.text(some.joined(separator: ","))] : some.map { .text($0) }
        }
        #expect(GroupsAttribute.read(values(names.count - 1), form: form)?.count == GroupsAttribute.maximumNames)
        #expect(GroupsAttribute.read(values(names.count), form: form) == nil)
    }

    @Test("G2 the preset for PingOne splits at commas, and no other does", arguments: AttributePreset.allCases)
    func presets(_ preset: AttributePreset) {
        #expect(preset.names.groupValues == (preset == .pingone ? .comma : .separate))
    }
}
