import PostgreSQL
import Testing

@Suite("Statements")
struct SQLTests {
    @Test func aValueBecomesAParameter() {
        let sql: SQL = "SELECT \("x'; DROP TABLE users; --") WHERE \(1) = \(2)"
        #expect(sql.text == "SELECT $1 WHERE $2 = $3")
    }

    @Test func aNameIsQuoted() {
        let sql: SQL = "LISTEN \(identifier: "a\"b; DROP")"
        #expect(sql.text == "LISTEN \"a\"\"b; DROP\"")
    }

    @Test func aFragmentKeepsItsParameters() {
        let condition: SQL = "a = \(1) AND b = \("two")"
        let sql: SQL = "SELECT \(true) WHERE \(fragment: condition) OR c = \(3)"
        #expect(sql.text == "SELECT $1 WHERE a = $2 AND b = $3 OR c = $4")
    }
}
