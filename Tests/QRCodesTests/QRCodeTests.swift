import QRCodes
import Testing

@Suite("QR codes")
struct QRCodeTests {
    /// The pattern in three corners by which a camera finds the code (ISO/IEC 18004, 6.3.3.1).
    private static let finder = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]

    private func rows(_ code: QRCode) -> [String] {
        (0..<code.size)
            .map { row in
                String((0..<code.size).map { code.isDark(row: row, column: $0) ? Character("#") : Character(".") })
            }
    }

    @Test func hasAFinderInThreeCorners() throws {
        let code = try #require(QRCode("otpauth://totp/portico.example:company-a?secret=ABCDEFGH"))
        let rows = self.rows(code)
        #expect(rows.prefix(7).map { String($0.prefix(7)) } == Self.finder)
        #expect(rows.prefix(7).map { String($0.suffix(7)) } == Self.finder)
        #expect(rows.suffix(7).map { String($0.prefix(7)) } == Self.finder)
        #expect(rows.suffix(7).map { String($0.suffix(7)) } != Self.finder)
    }

    @Test(arguments: [(1, 21), (14, 21), (15, 25), (62, 33), (2_331, 177)])
    func growsWithItsText(length: Int, size: Int) {
        #expect(QRCode(String(repeating: "a", count: length))?.size == size)
    }

    @Test(arguments: ["", String(repeating: "a", count: 2_332)])
    func drawsNothingThatDoesNotFit(text: String) {
        #expect(QRCode(text) == nil)
    }

    @Test func drawsEachDarkModuleOnce() throws {
        let code = try #require(QRCode("portico"))
        var drawn = Array(repeating: Array(repeating: Character("."), count: code.size), count: code.size)
        for bar in code.path.split(separator: "M") {
            let parts = try #require(bar.wholeMatch(of: /(\d+) (\d+)h(\d+)v1h-(\d+)z/)).output
            let (column, row) = (try #require(Int(parts.1)), try #require(Int(parts.2)))
            let length = try #require(Int(parts.3))
            #expect(parts.3 == parts.4)
            try #require(row < code.size && column + length <= code.size)
            for place in column..<(column + length) {
                #expect(drawn[row][place] == ".")
                drawn[row][place] = "#"
            }
        }
        #expect(drawn.map { String($0) } == self.rows(code))
    }
}
