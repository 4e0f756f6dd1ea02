import CQREncode

/// A text as a QR code (ISO/IEC 18004), for a camera to read from a page.
package struct QRCode: Hashable, Sendable {
    /// How many modules one side has.
    package let size: Int
    /// The modules, row after row from the top; `true` is dark.
    private let modules: [Bool]

    /// Draws a text, in the least size that leaves it readable with 15 % of it covered (level M); `nil` for a text that is
    /// empty or does not fit.
    ///
    /// - Parameter text: At most 2,331 bytes of UTF-8.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let code = unsafe QRcode_encodeData(Int32(clamping: bytes.count), bytes, 0, QR_ECLEVEL_M) else {
            return nil
        }
        defer { unsafe QRcode_free(code) }
        self.size = unsafe Int(code.pointee.width)
        // The lowest bit says whether a module is dark; the others what it is for.
        self.modules = unsafe UnsafeBufferPointer(start: code.pointee.data, count: self.size * self.size)
            .map { $0 & 1 == 1 }
    }

    /// Whether a module is dark.
    package func isDark(row: Int, column: Int) -> Bool {
        self.modules[row * self.size + column]
    }

    /// The dark modules as the path of an SVG drawing, a module being one unit: a bar for each run of a row.
    package var path: String {
        var path = ""
        for row in 0..<self.size {
            var column = 0
            while column < self.size {
                let start = column
                while column < self.size, self.isDark(row: row, column: column) { column += 1 }
                if column > start { path += "M\(start) \(row)h\(column - start)v1h-\(column - start)z" }
                column += 1
            }
        }
        return path
    }
}
