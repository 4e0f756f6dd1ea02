import Foundation
import Testing

@testable import Workspaces

@Suite("A person's identifier for applications (behavior P1)")
struct SubjectIDTests {
    private let user = UserID(UUID(uuidString: "00000000-0000-4000-8000-000000000001") ?? UUID())
    private let workspace = WorkspaceID(UUID(uuidString: "00000000-0000-4000-8000-00000000000a") ?? UUID())

    @Test("It is the same each time, in the form of a UUID of version 8")
    func isStable() {
        let subject = SubjectID(of: self.user, in: self.workspace).description
        #expect(subject == SubjectID(of: self.user, in: self.workspace).description)
        #expect(subject.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    }

    @Test("It differs between workspaces and between people")
    func differs() {
        let subject = SubjectID(of: self.user, in: self.workspace)
        #expect(subject != SubjectID(of: self.user, in: .random()))
        #expect(subject != SubjectID(of: .random(), in: self.workspace))
        #expect(subject.uuid != self.user.uuid)
    }
}
