import Foundation
import NIOCore
import Testing

@testable import ReverseProxy

/// What `Docs/Smuggling.md` promises and no other suite shows.
@Suite("Smuggling and spoofing over a socket")
struct SmugglingTests {
    @Test(
        "an HTTP/2 request with one defect is refused",
        arguments: [
            RequestBlockTests.Defect.pseudoFields, RequestBlockTests.Defect.fields,
        ]
    )
    func refusesOverHTTP2(_ defects: [RequestBlockTests.Defect]) async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.startTLS(upstream)
        var client = try await gateway.connectHTTP2()
        for defect in defects {
            var fields = RequestBlockTests.valid
            defect.apply(&fields)
            // The client's encoder writes names in lower case.
            guard fields.allSatisfy({ $0.0 == $0.0.lowercased() }) else { continue }
            let stream = try await client.send(fields, ends: defect.endsStream)
            let answer = try await client.wait(for: stream) { $0.status != nil || $0.resetCode != nil }
            #expect(answer.status == nil || answer.status == 400, "\(defect)")
            guard client.isEnded else { continue }
            await client.close()
            client = try await gateway.connectHTTP2()
        }
        #expect(upstream.accepted == 0)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test(
        "an answer that could be read as two is none",
        arguments: [
            "HTTP/1.1 200 OK\r\nX: a\rSet-Cookie: b=c\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: a\nSet-Cookie: b=c\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: a\r\n Set-Cookie: b=c\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 O\rK\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        ]
    )
    func refusesSplitAnswers(_ answer: String) async throws {
        let upstream = try await TestUpstream.fixed(answer, thenCloses: true)
        let gateway = try await TestGateway.start(upstream)
        let client = try await gateway.connect()
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        let received = try await client.readMessage()
        #expect(received.status == 502 && received["Set-Cookie"] == nil)
        #expect(client.buffered.isEmpty)
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test func aHeadThatDripsIsNotWaitedFor() async throws {
        let upstream = try await TestUpstream.echo()
        let gateway = try await TestGateway.start(upstream, configuration: { $0.headTimeout = .milliseconds(200) })
        let client = try await gateway.connect()
        try await client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ")
        // Each byte is in time by itself; the head as a whole is not.
        while !client.isEnded {
            try? await client.send("a")
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(upstream.accepted == 0)
        try await gateway.waitForNoConnections()
        await client.close()
        await gateway.stop()
        await upstream.stop()
    }

    @Test("the page names tests that there are, and has a row for each word")
    func pageNamesTests() throws {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let page = try String(
            contentsOf: tests.deletingLastPathComponent().deletingLastPathComponent()
                .appending(path: "Docs/Smuggling.md"),
            encoding: .utf8
        )
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`") }
        #expect(rows.count >= 35)
        for row in rows {
            let names = row.matches(of: /`(\w+)\/(\w+)\.(\w+)`/)
            #expect(!names.isEmpty, "no test: \(row)")
            for name in names {
                let file = tests.appending(path: "\(name.1)/\(name.2).swift")
                let source = try String(contentsOf: file, encoding: .utf8)
                #expect(source.contains("func \(name.3)("), "\(name.0)")
            }
        }
    }
}
