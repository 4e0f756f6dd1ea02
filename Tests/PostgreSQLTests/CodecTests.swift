import Foundation
import PostgreSQL
import Testing

@Suite("Values on their way to PostgreSQL and back", .serialized)
struct CodecTests {
    /// Sends a value, lets the server show it as text, and reads it back.
    private func roundTrip<Value: PostgreSQLValue & Equatable>(
        _ value: Value,
        shownAs text: String? = nil
    ) async throws {
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { pool in
            let row = try await pool.query("SELECT \(value) AS value, \(value)::text AS shown").singleRow()
            #expect(try row.value("value", as: Value.self) == value)
            if let text {
                #expect(try row.value("shown", as: String.self) == text)
            }
        }
    }

    @Test func integersKeepTheirWholeRange() async throws {
        try await self.roundTrip(0, shownAs: "0")
        try await self.roundTrip(Int.max, shownAs: "9223372036854775807")
        try await self.roundTrip(Int.min, shownAs: "-9223372036854775808")
    }

    @Test func smallerIntegersAreReadAsWell() async throws {
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { pool in
            let row = try await pool.query("SELECT (-7)::int2 AS small, 70000::int4 AS medium").singleRow()
            #expect(try row.value("small", as: Int.self) == -7)
            #expect(try row.value("medium", as: Int.self) == 70_000)
        }
    }

    @Test func booleansAreBooleans() async throws {
        try await self.roundTrip(true, shownAs: "true")
        try await self.roundTrip(false, shownAs: "false")
    }

    @Test(arguments: ["", "plain", "it's \"quoted\" \\ $1", "漢字 🙂 e\u{301}", String(repeating: "x", count: 100_000)])
    func textIsLeftAsItIs(_ text: String) async throws {
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { pool in
            let row = try await pool.query("SELECT \(text) AS value, length(\(text)) AS length").singleRow()
            let value: String = try row.value("value")
            #expect(value.unicodeScalars.elementsEqual(text.unicodeScalars))
            #expect(try row.value("length", as: Int.self) == text.unicodeScalars.count)
        }
    }

    @Test func identifiersAreUUIDs() async throws {
        let uuid = try #require(UUID(uuidString: "6F9619FF-8B86-D011-B42D-00CF4FC964FF"))
        try await self.roundTrip(uuid, shownAs: "6f9619ff-8b86-d011-b42d-00cf4fc964ff")
    }

    @Test(arguments: [
        (Date(timeIntervalSince1970: 0), "1970-01-01 00:00:00"),
        (Date(timeIntervalSince1970: 951_782_400), "2000-02-29 00:00:00"),
        (Date(timeIntervalSince1970: 1_800_000_000.25), "2027-01-15 08:00:00.25"),
        (Date(timeIntervalSince1970: -86_400), "1969-12-31 00:00:00"),
    ])
    func timesAreInUTC(_ date: Date, _ text: String) async throws {
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { pool in
            let row =
                try await pool.query(
                    "SELECT \(date) AS value, (\(date) AT TIME ZONE 'UTC')::text AS shown"
                )
                .singleRow()
            #expect(try row.value("value", as: Date.self) == date)
            #expect(try row.value("shown", as: String.self) == text)
        }
    }

    @Test func timesBeyondTheRangeBecomeInfinities() async throws {
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { pool in
            let far = Date(timeIntervalSinceReferenceDate: 1e15)
            let row = try await pool.query("SELECT \(far)::text AS shown, '-infinity'::timestamptz AS past").singleRow()
            #expect(try row.value("shown", as: String.self) == "infinity")
            #expect(try row.value("past", as: Date.self) == .distantPast)
        }
    }

    @Test func bytesAreBytes() async throws {
        try await self.roundTrip([UInt8](), shownAs: "\\x")
        try await self.roundTrip(Array(UInt8.min...UInt8.max))
    }

    @Test func arraysKeepTheirElements() async throws {
        try await self.roundTrip([String](), shownAs: "{}")
        try await self.roundTrip(["a", "", "with, comma", "NULL"], shownAs: "{a,\"\",\"with, comma\",\"NULL\"}")
        try await self.roundTrip([1, -2, 3], shownAs: "{1,-2,3}")
        try await self.roundTrip([[1, 2], [], [255]] as [[UInt8]])
        try await self.roundTrip([UUID(), UUID()])
        try await self.roundTrip([Date(timeIntervalSince1970: 1), Date(timeIntervalSince1970: 2)])
        try await self.roundTrip([true, false])
    }

    @Test func jsonIsReadAsTheServerKeepsIt() async throws {
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { pool in
            let json = try PostgreSQLJSON(encoding: ["name": "a \"b\"", "empty": ""])
            let row = try await pool.query("SELECT \(json) AS value, \(json) ->> 'name' AS name").singleRow()
            let value: [String: String] = try row.value("value", as: PostgreSQLJSON.self)
                .decode(as: [String: String].self)
            #expect(value == ["name": "a \"b\"", "empty": ""])
            #expect(try row.value("name", as: String.self) == "a \"b\"")
        }
    }

    @Test func nullIsNoValue() async throws {
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { pool in
            let nothing: String? = nil
            let row = try await pool.query("SELECT \(nothing) AS value").singleRow()
            #expect(try row.optional("value", as: String.self) == nil)
            #expect(throws: PostgreSQLError.decoding(column: "value", expected: "String")) {
                try row.value("value", as: String.self)
            }
        }
    }

    @Test func aColumnOfAnotherTypeIsRefused() async throws {
        try await TestServer.withPool(try await TestServer.configuration(poolSize: 1)) { pool in
            let row = try await pool.query("SELECT 1::int8 AS value, ARRAY[[1],[2]]::int8[] AS nested").singleRow()
            #expect(throws: PostgreSQLError.decoding(column: "value", expected: "String")) {
                try row.value("value", as: String.self)
            }
            #expect(throws: PostgreSQLError.decoding(column: "nested", expected: "Array<Int>")) {
                try row.value("nested", as: [Int].self)
            }
            #expect(throws: PostgreSQLError.decoding(column: "other", expected: "column of the answer")) {
                try row.value("other", as: Int.self)
            }
        }
    }
}
