import Testing
import Workspaces

@Suite("versions of the mappings of groups")
struct GroupMappingsVersionTests {
    private static func mappings() throws -> [GroupMappings] {
        let group = { (text: String) in try #require(GroupName(text)) }
        let space = { (text: String) in try #require(SpaceID(text)) }
        let project = { (text: String) in try #require(ProjectID(text)) }
        let labeler = try #require(Role("LABELER"))
        let (a, ab) = (try group("a"), try group("a=LABELER,b"))
        return [
            GroupMappings(),
            GroupMappings(roles: [a: labeler]),
            GroupMappings(roles: [ab: labeler]),
            GroupMappings(roles: [a: labeler, try group("b"): labeler]),
            GroupMappings(spaces: [a: [try space("x")]]),
            GroupMappings(spaces: [a: [try space("x"), try space("y")]]),
            GroupMappings(spaces: [a: [try space("x")], try group("y"): []]),
            GroupMappings(projects: [a: [try project("x"): .inherit]]),
            GroupMappings(projects: [a: [try project("x"): .labeler]]),
            GroupMappings(spaces: [a: [try space("x")]], spaceTitles: [try space("x"): "X"]),
            GroupMappings(spaces: [a: [try space("x")]], projectTitles: [try project("x"): "X"]),
        ]
    }

    @Test func noTwoMappingsAreOneVersion() throws {
        let mappings = try Self.mappings()
        #expect(Set(mappings.map { GroupMappingsVersion(of: $0) }).count == mappings.count)
    }

    @Test func theOrderInWhichTheyAreHeldIsNoPartOfIt() throws {
        var first = GroupMappings()
        var second = GroupMappings()
        let groups = try (0..<20).map { try #require(GroupName("g\($0)")) }
        let role = try #require(Role("LABELER"))
        for group in groups { first.roles[group] = role }
        for group in groups.reversed() { second.roles[group] = role }
        #expect(GroupMappingsVersion(of: first) == GroupMappingsVersion(of: second))
    }
}
