import Testing

@testable import Portico

/// Every way of getting one setting wrong, with the words that the operator reads.
@Suite("Mistakes in settings")
struct SettingsMistakesTests {
    /// One change of a sound configuration and the one mistake that it makes.
    struct Defect: CustomTestStringConvertible, Sendable {
        let changes: [String: String?]
        let setting: String
        let problem: String

        init(_ name: String, _ value: String?, _ problem: String, with others: [String: String?] = [:]) {
            self.changes = others.merging(["PORTICO_" + name: value]) { $1 }
            self.setting = "PORTICO_" + name
            self.problem = problem
        }

        var testDescription: String { "\(self.setting) \(self.problem)" }
    }

    static let defects = [
        Defect("PUBLIC_URL", nil, "is missing"),
        Defect("PUBLIC_URL", "apps.example.com", "is not a URL"),
        Defect("PUBLIC_URL", "ftp://apps.example.com", "is neither an http nor an https URL"),
        Defect("PUBLIC_URL", "https://apps.example.com/portal", "has a path"),
        Defect("PUBLIC_URL", "https://apps.example.com?x=1", "contains a query or fragment"),
        Defect("PUBLIC_URL", "https://me:pw@apps.example.com", "contains a user name or password"),
        Defect("PUBLIC_URL", "https://apps.example.com:99999", "has no port between 1 and 65535"),
        Defect("PUBLIC_URL", "http://apps.example.com", "is plain http on a host that is not this machine"),
        Defect("LISTEN", "8080", "has no port"),
        Defect("LISTEN", "127.0.0.1:http", "has no port between 0 and 65535"),
        Defect("LISTEN", "::1:8080", "is not host:port"),
        Defect("OPS_LISTEN", "127.0.0.1:8080", "is the same address as LISTEN"),
        Defect(
            "TLS_CERTIFICATE",
            "/nonexistent/a.pem",
            "names /nonexistent/a.pem, which cannot be read",
            with: [
                "PORTICO_TLS_KEY": "/dev/null"
            ]
        ),
        Defect("TLS_CERTIFICATE", "/dev/null", "is set without TLS_KEY"),
        Defect("TLS_KEY", "/dev/null", "is set without TLS_CERTIFICATE"),
        Defect(
            "TLS_CERTIFICATE",
            "/dev/null",
            "does not contain a PEM certificate",
            with: [
                "PORTICO_TLS_KEY": "/dev/null"
            ]
        ),
        Defect("ALLOW_INSECURE_HTTP", "maybe", "is neither true nor false"),
        Defect("PREFIX", "portico", "is not a path prefix"),
        Defect("PREFIX", "/", "is not a path prefix"),
        Defect("PREFIX", "/a/", "is not a path prefix"),
        Defect("PREFIX", "/a/../b", "is not a path prefix"),
        Defect("PREFIX", "/a%2f", "is not a path prefix"),
        Defect("TRUSTED_PROXIES", "10.0.0.0/8,10.0.0.1/8", "has an entry that is no block of addresses"),
        Defect("WORKERS", "0", "is not a whole number from 1 to 256"),
        Defect("WORKERS", "many", "is not a whole number from 1 to 256"),
        Defect("DATABASE_URL", nil, "is missing"),
        Defect("DATABASE_URL", "mysql://db/portico", "is not a libpq URI"),
        Defect("DATABASE_URL", "postgresql://user:p%zz@db/portico", "is not a libpq URI"),
        Defect("MIGRATE_DATABASE_URL", "db", "is not a libpq URI"),
        Defect("SECRET_KEY", nil, "is missing"),
        Defect("SECRET_KEY", "c2hvcnQ=", "is not the base64 of 32 bytes"),
        Defect(
            "SECRET_KEY",
            "\(SettingsExample.secretKey),\(SettingsExample.secretKey)",
            "names one key twice"
        ),
        Defect("UPSTREAM", nil, "is missing"),
        Defect("UPSTREAM", "127.0.0.1:3000", "is not the URL of an upstream"),
        Defect("UPSTREAM", "http://127.0.0.1:3000/app", "is not the URL of an upstream"),
        Defect("ROUTES", "[]", "cannot be given here"),
        Defect("IDENTITY_HEADERS", "both", "is neither forwarded nor remote"),
        Defect("SP_ISSUER", String(repeating: "x", count: 1025), "is not an entity id"),
        Defect("CLOCK_SKEW", "5m", "is outside 0s to 3m"),
        Defect("CLOCK_SKEW", "60", "is not a duration"),
        Defect("SHUTDOWN_DELAY", "2h", "is outside 0s to 1h"),
        Defect("SHUTDOWN_DEADLINE", "0s", "is outside 1s to 1h"),
        Defect("ROLES", "ADMIN,admin", "is no list of roles"),
        Defect("ROLES", "ADMIN,ADMIN", "is no list of roles"),
        Defect("SESSION_MAX_AGE", "1s", "is outside 1m to 400d"),
        Defect("SESSION_MAX_IDLE", "2d", "is longer than SESSION_MAX_AGE"),
        Defect("SESSION_STALE_LIMIT", "forever", "is not a duration"),
        Defect("MANUAL_ROLE_MANAGEMENT", "2", "is neither true nor false"),
        Defect("AUDIT_RETENTION", "1h", "is outside 1d to 3650d"),
        Defect("DNS_RESOLVER", "dns.example", "is not an IP address"),
        Defect("DNS_RESOLVER", "dns.example:53", "is not an IP address"),
        Defect("DNS_RESOLVER", "9.9.9.9:0", "is not an IP address"),
        Defect("DNS_RESOLVER", "system,9.9.9.9", "names both system and addresses"),
        Defect("FETCH_ALLOW", "http://idp", "has an entry that is neither a block of addresses nor a host"),
        Defect("SMTP_URL", "mail.example", "is not an SMTP URL", with: ["PORTICO_MAIL_FROM": "a@example.com"]),
        Defect("SMTP_URL", "smtp://mail.example", "is set without MAIL_FROM"),
        Defect("MAIL_FROM", "a@example.com", "is set without SMTP_URL"),
        Defect("MAIL_FROM", "nobody", "is not an e-mail address", with: ["PORTICO_SMTP_URL": "smtp://mail.example"]),
        Defect("LOG_LEVEL", "loud", "is none of the words it may be"),
        Defect("LOG_FORMAT", "xml", "is none of the words it may be"),
    ]

    @Test("Each mistake is told with its setting and a remedy", arguments: Self.defects)
    func mistakeIsTold(_ defect: Defect) throws {
        let mistakes = SettingsExample.mistakes(defect.changes)
        #expect(mistakes.count == 1)
        let mistake = try #require(mistakes.first)
        #expect(mistake.hasPrefix("\(defect.setting) \(defect.problem): "))
    }

    @Test("The example itself is sound")
    func exampleIsSound() {
        #expect(SettingsExample.mistakes([:]) == [])
    }

    @Test("All mistakes are told together, in one error")
    func allTogether() {
        let mistakes = SettingsExample.mistakes([
            "PORTICO_PUBLIC_URL": nil, "PORTICO_LISTEN": "nowhere", "PORTICO_UPSTREAM": nil,
            "PORTICO_DATABASE_URL": "x", "PORTICO_SESSION_MAX_AGE": "1", "PORTICO_LOG_LEVEL": "loud",
        ])
        #expect(mistakes.count == 6)
    }

    @Test("A secret is never part of a message")
    func secretsStayHidden() {
        let mistakes = SettingsExample.mistakes([
            "PORTICO_DATABASE_URL": "postgresql://u:s3cret%zz@db/x", "PORTICO_SECRET_KEY": "s3cret",
            "PORTICO_SMTP_URL": "s3cret",
        ])
        #expect(mistakes.count == 3)
        #expect(!mistakes.joined().contains("s3cret"))
    }

    @Test(
        "Plain http is accepted on this machine, or when it is allowed",
        arguments: [
            ["PORTICO_PUBLIC_URL": "http://localhost:8080"], ["PORTICO_PUBLIC_URL": "http://127.0.0.1:8080"],
            ["PORTICO_PUBLIC_URL": "http://[::1]:8080"],
            ["PORTICO_PUBLIC_URL": "http://apps.example.com", "PORTICO_ALLOW_INSECURE_HTTP": "true"],
        ]
    )
    func plainHTTP(_ changes: [String: String]) {
        #expect(SettingsExample.mistakes(changes) == [])
    }

    @Test("Variables that name no setting are told, those of Kubernetes are not")
    func unknownVariables() {
        let input = SettingsExample.input([
            "PORTICO_LISTNE": "x", "PORTICO_SERVICE_HOST": "10.0.0.1", "PORTICO_PORT_80_TCP": "tcp://10.0.0.1:80",
            "PORTICO_SECRET_KEY_FILE": "/dev/null",
        ])
        #expect(input.unknownVariables == ["PORTICO_LISTNE"])
    }
}
