import Foundation
import LocalServers
import Testing
import Workspaces

@testable import Portico

/// The identity token of running gateways, verified by OpenSSL, which knows nothing of ours but the key set.
@Suite("The identity token of a running gateway")
struct LiveIdentityTokenTests {
    private static let name = "X-Portico-Jwt-Assertion"
    private static let paths = ["/.portico/jwks.json", "/.well-known/portico/jwks.json"]

    /// A key set as an upstream reads it.
    private struct KeySet: Decodable {
        struct Key: Decodable, Hashable {
            let kty: String
            let crv: String
            let alg: String
            let use: String
            let kid: String
            let x: String
            let y: String
        }

        let keys: [Key]
    }

    private struct Header: Decodable {
        let alg: String
        let kid: String
    }

    private struct Claims: Decodable {
        let iss: String
        let aud: String
        let email: String
        let workspace: String
        let role: String
        let iat: Double
        let exp: Double
    }

    @Test("A token verifies with the published key, on every node, and a rotation reaches them without a restart")
    func rotation() async throws {
        let database = try await TestDatabase.migrated(in: try await PrivateCluster.shared())
        let upstream = try await TestUpstream.start()
        let token = try await database.signIn("company-a", email: "ann@company-a.example")
        let cookie = ["Cookie: __Host-portico_session=\(token.cookieValue)"]
        try await GatewayRun.with(database: database.uri, upstream: upstream.url) { first in
            // The second is asked by a proxy, the first by whoever comes.
            let changes = ["PORTICO_TRUSTED_PROXIES": "127.0.0.0/8"]
            try await GatewayRun.with(database: database.uri, upstream: upstream.url, changes: changes) { second in
                let nodes = [first, second]
                var before: Set<String> = []
                for (node, isAskedByProxy) in zip(nodes, [false, true]) {
                    before.insert(try await self.verifiedToken(at: node, cookie).kid)
                    let forward = try await HTTPExchange.get("/.portico/auth", at: node.gateway, headers: cookie)
                    guard isAskedByProxy else {
                        #expect(forward.status == 200 && forward.header(Self.name) == nil)
                        continue
                    }
                    #expect(try await self.verify(forward.header(Self.name), self.keySet(at: node)).aud == "default")
                }
                #expect(before.count == 1)
                let rotated = try await ProgramRun(
                    ["keys", "rotate", "--only", "identity", "--overlap", "0s"],
                    environment: [
                        "PORTICO_DATABASE_URL": database.uri, "PORTICO_PUBLIC_URL": "http://localhost:8080",
                        "PORTICO_UPSTREAM": upstream.url, "PORTICO_SECRET_KEY": SettingsExample.secretKey,
                    ]
                )
                try #require(rotated.status == 0, "\(rotated.errors)")
                for node in nodes {
                    try await GatewayRun.eventually {
                        try await !before.contains(self.header(of: self.token(at: node, cookie)).kid)
                    }
                    #expect(try await self.keySet(at: node).keys.count == 1)
                    _ = try await self.verifiedToken(at: node, cookie)
                }
            }
        }
        try await upstream.stop()
    }

    // MARK: - Asking

    private func keySet(at node: GatewayAddresses) async throws -> KeySet {
        let answers = [
            try await HTTPExchange.get(Self.paths[0], at: node.gateway),
            try await HTTPExchange.get(Self.paths[1], at: node.gateway),
        ]
        #expect(answers.allSatisfy { $0.status == 200 && $0.body == answers[0].body })
        return try JSONDecoder().decode(KeySet.self, from: Data(answers[0].body.utf8))
    }

    /// The token that the upstream gets.
    private func token(at node: GatewayAddresses, _ headers: [String]) async throws -> String {
        var answer = try await HTTPExchange.get("/hello", at: node.gateway, headers: headers)
        // The first reading of a session has two seconds, which a busy machine may need for its first connection.
        try await GatewayRun.eventually {
            answer = try await HTTPExchange.get("/hello", at: node.gateway, headers: headers)
            return answer.status == 200
        }
        let lines = answer.body.split(separator: "\r\n").filter { $0.hasPrefix(Self.name + ": ") }
        #expect(lines.count == 1)
        return String(try #require(lines.first).dropFirst(Self.name.count + 2))
    }

    private func verifiedToken(at node: GatewayAddresses, _ headers: [String]) async throws -> Header {
        let text = try await self.token(at: node, headers)
        let claims = try await self.verify(text, self.keySet(at: node))
        #expect(claims.iss == "http://localhost:8080")
        #expect(claims.aud == "default")
        #expect(claims.email == "ann@company-a.example")
        #expect(claims.workspace == "company-a")
        #expect(claims.role == "ADMIN")
        #expect(claims.exp == claims.iat + 300)
        return try self.header(of: text)
    }

    private func header(of token: String) throws -> Header {
        try JSONDecoder().decode(Header.self, from: self.decoded(token.prefix { $0 != "." }))
    }

    // MARK: - Verifying

    /// Has `openssl` check the signature under the key that the header names.
    private func verify(_ token: String?, _ keySet: KeySet) async throws -> Claims {
        let token = try #require(token)
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        try #require(parts.count == 3)
        let header = try self.header(of: token)
        #expect(header.alg == "ES256")
        let key = try #require(keySet.keys.first { $0.kid == header.kid })
        #expect(key.kty == "EC" && key.crv == "P-256" && key.alg == "ES256" && key.use == "sig")
        let folder = try TemporaryFolder()
        let point = try self.decoded(Substring(key.x)) + self.decoded(Substring(key.y))
        // SubjectPublicKeyInfo of an uncompressed point on P-256 (RFC 5480, section 2).
        let prefix: [UInt8] = [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86, 0x48,
            0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00, 0x04,
        ]
        let files = try ["key", "signature", "signed"]
            .map { name in
                let contents =
                    switch name {
                    case "key": Data(prefix) + point
                    case "signature": try self.derSignature(self.decoded(parts[2]))
                    case _: Data("\(parts[0]).\(parts[1])".utf8)
                    }
                let file = folder.url.appending(path: name)
                try contents.write(to: file)
                return file.path
            }
        let arguments = [
            "dgst", "-sha256", "-keyform", "DER", "-verify", files[0], "-signature", files[1], files[2],
        ]
        let openssl = try StartedProgram(["/usr/bin/openssl"] + arguments, environment: [:])
        #expect(await openssl.waitUntilExit() == 0)
        return try JSONDecoder().decode(Claims.self, from: self.decoded(parts[1]))
    }

    /// Writes r and s as OpenSSL reads them (RFC 3279, section 2.2.3).
    private func derSignature(_ raw: Data) throws -> Data {
        try #require(raw.count == 64)
        let integers = [raw.prefix(32), raw.suffix(32)]
            .map { half -> [UInt8] in
                let significant = Array(half.drop { $0 == 0 })
                let value = (significant.first ?? 0x80) >= 0x80 ? [0] + significant : significant
                return [0x02, UInt8(value.count)] + value
            }
        let body = integers.flatMap { $0 }
        return Data([0x30, UInt8(body.count)] + body)
    }

    private func decoded(_ text: Substring) throws -> Data {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        return try #require(Data(base64Encoded: plain + String(repeating: "=", count: (4 - text.count % 4) % 4)))
    }
}
