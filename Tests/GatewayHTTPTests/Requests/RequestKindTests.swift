import GatewayHTTP
import HTTPTypes
import Testing

@Suite("Kind of request")
struct RequestKindTests {
    @Test(
        arguments: [
            [.secFetchMode: "navigate"],
            [.secFetchMode: "navigate", .accept: "application/json"],
            [.accept: "text/html,application/xhtml+xml"],
        ] as [HTTPFields]
    )
    func isANavigation(headers: HTTPFields) {
        #expect(RequestKind(headers) == .navigation)
    }

    @Test(
        arguments: [
            [:],
            [.accept: "*/*"],
            [.accept: "application/json"],
            [.secFetchMode: "cors", .accept: "text/html"],
            [.secFetchSite: "same-origin", .accept: "text/html"],
        ] as [HTTPFields]
    )
    func isAProgram(headers: HTTPFields) {
        #expect(RequestKind(headers) == .program)
    }
}
