import Foundation
import Testing
import Workspaces

@testable import ReverseProxy

@Suite("Identity headers (interface.md section 4)")
struct IdentityHeadersTests {
    @Test func writesEveryHeader() throws {
        var (_, session) = try TestSessions()
            .signIn(
                role: "REVIEWER",
                displayName: "Ann Émile, 100%",
                groups: ["a,b", "c d"]
            )
        session.spaces = ["s1", "s2"]
        session.projects = [
            ProjectAssignment(id: "p:1", role: nil), ProjectAssignment(id: "p2", role: Role("LABELER")),
        ]
        let lines = String(decoding: IdentityHeaders.forwarded.lines(for: session), as: UTF8.self)
        #expect(
            lines == """
                X-Forwarded-User: \(session.subject)\r
                X-Forwarded-Email: ann@company-a.example\r
                X-Forwarded-Preferred-Username: Ann%20%C3%89mile,%20100%25\r
                X-Forwarded-Groups: a%2Cb,c%20d\r
                X-Portico-Workspace: company-a\r
                X-Portico-Workspace-Id: \(session.workspaceID)\r
                X-Portico-Role: REVIEWER\r
                X-Portico-Spaces: s1,s2\r
                X-Portico-Projects: p%3A1,p2:LABELER\r

                """
        )
        let remote = String(decoding: IdentityHeaders.remote.lines(for: session), as: UTF8.self)
        #expect(remote.hasPrefix("Remote-User: \(session.subject)\r\nRemote-Email: "))
        #expect(remote.contains("\r\nRemote-Name: ") && remote.contains("\r\nRemote-Groups: "))
        #expect(!remote.contains("X-Forwarded-"))
    }

    @Test func cannotBeSplitByAName() throws {
        let (_, session) = try TestSessions().signIn(displayName: "a\r\nX-Portico-Role: ADMIN", groups: ["\r\n", "\0"])
        let lines = String(decoding: IdentityHeaders.forwarded.lines(for: session), as: UTF8.self)
        #expect(lines.components(separatedBy: "\r\n").count == 10)
        #expect(lines.utf8.allSatisfy { $0 == 13 || $0 == 10 || ($0 >= 32 && $0 < 127) })
    }
}
