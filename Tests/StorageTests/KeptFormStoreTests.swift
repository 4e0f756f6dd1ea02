import Foundation
import Storage
import Testing
import Workspaces

@Suite("Forms that wait for a fresh sign-in")
struct KeptFormStoreTests {
    private static let form = KeptForm(
        path: "/settings/a",
        names: ["name", "name", "to"],
        texts: ["é, \"x\"", "", "{}"]
    )

    @Test func areThereForTheirPersonAndTheirPageUntilTheirTimeIsOver() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let store = KeptFormStore(pool: storage.service)
            let now = SampleWorkspace.now
            let ann = try await sample.session(of: "ann").userID
            let bob = try await sample.session(of: "bob").userID
            let find = { (person: UserID, path: String, time: Date) in
                try await store.form(sample.scope, of: person, at: path, now: time)
            }
            let first = KeptForm(path: "/settings/b", names: ["old"], texts: ["old"])
            for form in [first, Self.form] {
                try await store.keep(form, sample.scope, of: ann, until: now.addingTimeInterval(900))
            }
            #expect(try await find(ann, "/settings/a", now) == Self.form)
            #expect(try await find(ann, "/settings/b", now) == nil)
            #expect(try await find(bob, "/settings/a", now) == nil)
            #expect(try await find(ann, "/settings/a", now.addingTimeInterval(899)) == Self.form)
            #expect(try await find(ann, "/settings/a", now.addingTimeInterval(900)) == nil)
            try await store.forget(sample.scope, of: ann, at: "/settings/b")
            #expect(try await storage.count("kept_forms") == 1)
            try await store.forget(sample.scope, of: ann, at: "/settings/a")
            #expect(try await storage.count("kept_forms") == 0)
        }
    }

    @Test func goWithTheirPersonAndWithTheirTime() async throws {
        try await TestStorage.with { storage in
            let sample = try await SampleWorkspace.make(in: storage)
            let store = KeptFormStore(pool: storage.service)
            for (name, end) in [
                ("ann", Date.distantFuture), ("bob", Date().addingTimeInterval(-1)), ("eve", .distantFuture),
            ] {
                let person = try await sample.session(of: name).userID
                try await store.keep(Self.form, sample.scope, of: person, until: end)
            }
            _ = try await Retention(pool: storage.service, auditAge: .seconds(86_400)).prune(now: Date())
            #expect(try await storage.count("kept_forms") == 2)
            try await sample.administer("ann") { administration, _ in try administration.remove() }
            #expect(try await storage.count("kept_forms") == 1)
        }
    }
}
