import PostgreSQL
import Testing

@Suite("Database settings")
struct ConfigurationTests {
    @Test(arguments: ["", "http://host/db", "postgresql://user:se%zzcret@host/db", "postgresql://u:secret@[::1/db"])
    func anUnreadableStringIsRefusedWithoutRepeatingIt(_ uri: String) {
        let error = #expect(throws: PostgreSQLError.self) {
            try PostgreSQLConfiguration(uri: uri)
        }
        #expect(error?.debugDescription.contains("secret") == false)
        #expect(error?.debugDescription.contains("zz") == false)
    }

    @Test func theEndpointNamesHostsAndDatabaseOnly() throws {
        let configuration = try PostgreSQLConfiguration(
            uri: "postgresql://ann:secret@one:5433,two:5434/portico?sslmode=require"
        )
        #expect(configuration.endpoint == "one,two:5433,5434/portico")
        #expect(!"\(configuration)".contains("secret"))
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!dumped.contains("secret"))
    }

    @Test func limitsThatMakeNoSenseAreRefused() {
        #expect(throws: PostgreSQLError.self) { try PostgreSQLConfiguration(uri: "postgresql:///", poolSize: 0) }
        #expect(throws: PostgreSQLError.self) {
            try PostgreSQLConfiguration(uri: "postgresql:///", acquireTimeout: .zero)
        }
    }
}
