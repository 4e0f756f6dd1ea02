import FoundationEssentials
import Testing
import Workspaces

@Suite("outstanding request")
struct OutstandingRequestTests {
    private let now = SampleSignIn.now
    private let browser = BrowserKey.random()

    @Test("F2 begins with a fresh identifier, a fresh handle and ten minutes")
    func begins() {
        let (first, second) = (self.request(), self.request())
        #expect(first.id != second.id)
        #expect(first.relayState != second.relayState)
        #expect(first.relayState.utf8.count <= 80)
        #expect(first.expiresAt == self.now.addingTimeInterval(600))
    }

    @Test("F2 the browser that began may finish, with the handle or without")
    func finishes() throws {
        let request = self.request()
        let last = self.now.addingTimeInterval(599)
        try request.check(browserHash: self.browser.hash, relayState: request.relayState, now: last)
        try request.check(browserHash: self.browser.hash, relayState: nil, now: last)
        try request.check(browserHash: self.browser.hash, relayState: "", now: last)
    }

    @Test("F2 another browser, another handle and a late response are refused alike")
    func refused() {
        let request = self.request()
        let other = BrowserKey.random().hash
        #expect(throws: RefusalCode.requestUnknownOrUsed) {
            try request.check(browserHash: other, relayState: request.relayState, now: self.now)
        }
        #expect(throws: RefusalCode.requestUnknownOrUsed) {
            try request.check(browserHash: nil, relayState: request.relayState, now: self.now)
        }
        #expect(throws: RefusalCode.requestUnknownOrUsed) {
            try request.check(browserHash: self.browser.hash, relayState: "other", now: self.now)
        }
        #expect(throws: RefusalCode.requestUnknownOrUsed) {
            let late = self.now.addingTimeInterval(600)
            try request.check(browserHash: self.browser.hash, relayState: request.relayState, now: late)
        }
    }

    private func request() -> OutstandingRequest {
        .begin(
            workspaceID: .random(),
            intent: .signIn,
            returnPath: .root,
            browserHash: self.browser.hash,
            now: self.now
        )
    }
}
