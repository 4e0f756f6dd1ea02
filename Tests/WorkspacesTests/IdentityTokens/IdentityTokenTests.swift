import Crypto
import Foundation
import Testing
import Workspaces

@Suite("Identity tokens")
struct IdentityTokenTests {
    /// The key of RFC 7515, appendix A.3.1: its private number.
    private static let bytes: [UInt8] = [
        0x8e, 0x9b, 0x10, 0x9e, 0x71, 0x90, 0x98, 0xbf, 0x98, 0x04, 0x87, 0xdf, 0x1f, 0x5d, 0x77, 0xe9,
        0xcb, 0x29, 0x60, 0x6e, 0xbe, 0xd2, 0x26, 0x3b, 0x5f, 0x57, 0xc2, 0x13, 0xdf, 0x84, 0xf4, 0xb2,
    ]
    private static let now = Date(timeIntervalSince1970: 1_800_000_000.75)

    private static func session(
        displayName: String = "Ann",
        groups: [String] = ["a", "b"]
    ) throws -> (session: Session, token: SessionToken) {
        let token = SessionToken.random()
        let session = Session(
            id: .random(),
            tokenHash: token.hash,
            workspaceID: .random(),
            companyID: try #require(CompanyID("company-a")),
            userID: .random(),
            email: try #require(Email("ann@company-a.example")),
            displayName: displayName,
            role: try #require(Role("REVIEWER")),
            groups: groups,
            authenticatedAt: Self.now,
            expiresAt: Self.now.addingTimeInterval(3_600),
            maxIdle: .seconds(3_600)
        )
        return (session, token)
    }

    private static func token(
        of session: Session,
        by key: IdentitySigningKey,
        audience: String = "app"
    ) throws -> String {
        let claims = IdentityClaims(
            of: session,
            issuer: "https://apps.example.com",
            audience: audience,
            tokenID: .random(),
            now: Self.now
        )
        return String(decoding: try key.sign(claims), as: UTF8.self)
    }

    private static func decoded(_ part: Substring) throws -> Data {
        let text = part.replacing("-", with: "+").replacing("_", with: "/")
        return try #require(Data(base64Encoded: text + String(repeating: "=", count: (4 - text.count % 4) % 4)))
    }

    private static func object(_ part: Substring) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Self.decoded(part)) as? [String: Any])
    }

    @Test func theKeyOfTheSpecificationHasItsPublicHalfAndThumbprint() throws {
        let key = try #require(IdentitySigningKey(bytes: Self.bytes))
        #expect(key.webKey.x == "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU")
        #expect(key.webKey.y == "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")
        #expect(key.id.description == "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U")
        #expect(key.bytes == Self.bytes)
        #expect(IdentityKeyID(key.id.description) == key.id)
    }

    @Test func theHeaderNamesTheAlgorithmAndTheKey() throws {
        let key = IdentitySigningKey.generate()
        let header = try Self.object(try Self.token(of: Self.session().session, by: key).split(separator: ".")[0])
        #expect(header as? [String: String] == ["alg": "ES256", "typ": "JWT", "kid": key.id.description])
    }

    @Test func everyClaimIsThereAndNoOther() throws {
        let (session, _) = try Self.session()
        let parts = try Self.token(of: session, by: .generate()).split(separator: ".")
        var claims = try Self.object(parts[1])
        let tokenID = try #require(claims.removeValue(forKey: "jti") as? String)
        #expect(try tokenID.utf8.count == 14 && Self.decoded(tokenID[...]).count == 10)
        #expect(claims.removeValue(forKey: "groups") as? [String] == ["a", "b"])
        #expect(claims.removeValue(forKey: "iat") as? Int == 1_800_000_000)
        #expect(claims.removeValue(forKey: "exp") as? Int == 1_800_000_300)
        #expect(
            claims as? [String: String] == [
                "iss": "https://apps.example.com", "aud": "app", "sub": session.subject.description,
                "email": "ann@company-a.example", "name": "Ann", "workspace": "company-a", "role": "REVIEWER",
                "sid": session.id.description,
            ]
        )
    }

    @Test func textsComeBackAsTheyWere() throws {
        let name = "Änn \"A\\B\"\r\n\u{0}漢字 🙂 </script>"
        let (session, _) = try Self.session(displayName: name, groups: ["", "a,b", "\u{7f}"])
        let claims = try Self.object(try Self.token(of: session, by: .generate()).split(separator: ".")[1])
        #expect(claims["name"] as? String == name)
        #expect(claims["groups"] as? [String] == ["", "a,b", "\u{7f}"])
    }

    @Test func theSignatureIsOverBothPartsAndByTheKey() throws {
        let key = IdentitySigningKey.generate()
        let token = try Self.token(of: Self.session().session, by: key)
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        #expect(parts.count == 3)
        #expect(token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "=") })
        let point = try Self.decoded(Substring(key.webKey.x)) + Self.decoded(Substring(key.webKey.y))
        let publicKey = try P256.Signing.PublicKey(rawRepresentation: point)
        let signature = try P256.Signing.ECDSASignature(rawRepresentation: Self.decoded(parts[2]))
        let signed = Data("\(parts[0]).\(parts[1])".utf8)
        #expect(publicKey.isValidSignature(signature, for: signed))
        #expect(!publicKey.isValidSignature(signature, for: signed + [0]))
        let other = try #require(IdentitySigningKey(bytes: Self.bytes))
        let otherPoint = try Self.decoded(Substring(other.webKey.x)) + Self.decoded(Substring(other.webKey.y))
        #expect(
            try !P256.Signing.PublicKey(rawRepresentation: otherPoint).isValidSignature(signature, for: signed)
        )
    }

    @Test func nothingInATokenOpensTheSession() throws {
        let (session, token) = try Self.session()
        let text = try Self.token(of: session, by: .generate())
        let claims = String(decoding: try Self.decoded(text.split(separator: ".")[1]), as: UTF8.self)
        let hash = session.tokenHash.bytes
        let hexadecimal = hash.map { String(format: "%02x", $0) }.joined()
        for secret in [token.cookieValue, hexadecimal, Data(hash).base64EncodedString()] {
            #expect(!claims.contains(secret))
        }
    }

    @Test func twoTokensAreNeverTheSame() throws {
        let key = IdentitySigningKey.generate()
        let (session, _) = try Self.session()
        let ids = try (0..<50)
            .map { _ in
                try Self.object(try Self.token(of: session, by: key).split(separator: ".")[1])["jti"] as? String
            }
        #expect(Set(ids).count == ids.count)
    }

    @Test func theKeySetHasPublicMembersAlone() throws {
        let keys = [IdentitySigningKey.generate(), .generate()]
        let set = JSONWebKeySet(keys: keys.map(\.webKey))
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(set.json)) as? [String: [[String: String]]]
        )
        #expect(object.keys.sorted() == ["keys"])
        let members = try #require(object["keys"])
        #expect(members.count == 2)
        for (member, key) in zip(members, keys) {
            #expect(
                member == [
                    "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": key.id.description,
                    "x": key.webKey.x, "y": key.webKey.y,
                ]
            )
            #expect(member["x"]?.count == 43 && member["y"]?.count == 43)
        }
    }

    struct Defect: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let bytes: [UInt8]

        static let all = [
            Defect(testDescription: "no bytes", bytes: []),
            Defect(testDescription: "a byte too few", bytes: [UInt8](IdentityTokenTests.bytes.dropLast())),
            Defect(testDescription: "a byte too many", bytes: IdentityTokenTests.bytes + [0]),
            Defect(testDescription: "zero", bytes: [UInt8](repeating: 0, count: 32)),
            Defect(testDescription: "above the order of the group", bytes: [UInt8](repeating: 0xff, count: 32)),
        ]
    }

    @Test(arguments: Defect.all)
    func refusesWhatIsNoKey(_ defect: Defect) {
        #expect(IdentitySigningKey(bytes: defect.bytes) == nil)
    }

    @Test(arguments: ["", "a", String(repeating: "A", count: 42), String(repeating: "=", count: 43)])
    func refusesWhatIsNoName(_ text: String) {
        #expect(IdentityKeyID(text) == nil)
    }

    @Test func aKeyShowsItselfNowhere() throws {
        let key = try #require(IdentitySigningKey(bytes: Self.bytes))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(text.contains(key.id.description))
            #expect(!text.contains("142") && !text.contains("8e9b"))
        }
    }
}
