import GatewayHTTP
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Testing

@Suite("Forms with files")
struct MultipartFormTests {
    private static let disposition = "Content-Disposition: form-data; name="

    /// What the endpoint of a test says of a form: a field and a file.
    private static func post(_ body: [UInt8], contentType: String) async throws -> (HTTPResponse.Status, String) {
        let gateway = try TestGateway()
        gateway.router.post("/form") { request, _ in
            let form = try await FormDecoder.metadata.decodeBody(of: request)
            return try "\(form.optionalValue("a") ?? "-")|\(form.optionalFile("f").map { "\($0)" } ?? "-")"
        }
        return try await gateway.application.test(.router) { client in
            let headers: HTTPFields = [.contentType: contentType]
            let body = ByteBuffer(bytes: body)
            let response = try await client.execute(uri: "/form", method: .post, headers: headers, body: body)
            return (response.status, String(buffer: response.body))
        }
    }

    private static func post(
        _ body: String,
        contentType: String = "multipart/form-data; boundary=XyZ"
    ) async throws -> (HTTPResponse.Status, String) {
        try await Self.post(Array(body.utf8), contentType: contentType)
    }

    @Test func areReadAsABrowserSendsThem() async throws {
        let head = "--XyZ\r\n\(Self.disposition)\"a\"\r\n\r\nü\r\n--Xy\r\n--XyZ\r\n\(Self.disposition)\"f\"; "
        let file: [UInt8] = [0, 255, 13, 10, 45, 45, 88]
        let beginning = head + "filename=\"a;b.xml\"\r\nContent-Type: text/xml\r\n\r\n"
        let body = Array(beginning.utf8) + file + Array("\r\n--XyZ--\r\n".utf8)
        for contentType in ["multipart/form-data; boundary=XyZ", "Multipart/Form-Data;boundary=\"XyZ\""] {
            let (status, text) = try await Self.post(body, contentType: contentType)
            #expect(status == .ok)
            #expect(text == "ü\r\n--Xy|\(file)")
        }
    }

    @Test func ofNothingChosenHaveNoFile() async throws {
        let head = "--XyZ\r\n\(Self.disposition)\"f\"; filename=\"\"\r\n"
        let body = head + "Content-Type: application/octet-stream\r\n\r\n\r\n--XyZ--"
        let (status, text) = try await Self.post(body)
        #expect(status == .ok)
        #expect(text == "-|-")
    }

    private struct Defect: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: String
    }

    private static let good = "--XyZ\r\n\(Self.disposition)\"a\"\r\n\r\nb\r\n--XyZ--\r\n"

    private static let defects = [
        Defect(testDescription: "nothing", body: ""),
        Defect(testDescription: "a preamble", body: "hello\r\n" + Self.good),
        Defect(testDescription: "an epilogue", body: Self.good + "hello"),
        Defect(testDescription: "no end", body: String(Self.good.dropLast(4))),
        Defect(testDescription: "another boundary", body: Self.good.replacing("XyZ", with: "Xyz")),
        Defect(testDescription: "line feeds alone", body: Self.good.replacing("\r\n", with: "\n")),
        Defect(testDescription: "no name", body: Self.good.replacing("name=\"a\"", with: "filename=\"a\"")),
        Defect(testDescription: "a name without marks", body: Self.good.replacing("\"a\"", with: "a")),
        Defect(testDescription: "a name twice", body: Self.good.replacing("\"a\"", with: "\"a\"; name=\"b\"")),
        Defect(
            testDescription: "another parameter",
            body: Self.good.replacing("\"a\"", with: "\"a\"; filename*=\"b\"")
        ),
        Defect(testDescription: "another disposition", body: Self.good.replacing("form-data", with: "attachment")),
        Defect(testDescription: "no disposition", body: Self.good.replacing("Disposition", with: "Type")),
        Defect(
            testDescription: "another header",
            body: Self.good.replacing("\"a\"", with: "\"a\"\r\nContent-Transfer-Encoding: base64")
        ),
        Defect(testDescription: "NUL", body: Self.good.replacing("b", with: "\0")),
        Defect(
            testDescription: "long headers",
            body: Self.good.replacing("\"a\"", with: "\"" + String(repeating: "a", count: 3_000) + "\"")
        ),
        Defect(
            testDescription: "many fields",
            body: String(repeating: String(Self.good.dropLast(9)) + "\r\n", count: 97) + Self.good
        ),
    ]

    @Test(arguments: Self.defects)
    private func areRefusedInAnotherForm(_ defect: Defect) async throws {
        #expect(try await Self.post(Self.good).0 == .ok)
        #expect(try await Self.post(defect.body).0 == .badRequest)
    }

    @Test(arguments: [
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/mixed; boundary=XyZ",
        "multipart/form-data; boundary=XyZ; charset=utf-8", "multipart/form-data; boundary=X Z",
        "multipart/form-data; boundary=" + String(repeating: "X", count: 71),
    ])
    func areRefusedUnderAnotherType(_ contentType: String) async throws {
        #expect(try await Self.post(Self.good, contentType: contentType).0 == .badRequest)
    }

    @Test func areRefusedAboveTheLimit() async throws {
        let long = Self.good.replacing("b", with: String(repeating: "b", count: FormDecoder.metadata.maximumBytes))
        #expect(try await Self.post(long).0 == .contentTooLarge)
    }
}
