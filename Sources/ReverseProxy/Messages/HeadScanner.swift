#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Finds the end of a message head in bytes that may arrive one at a time, looking at each byte once.
///
/// Every line must end with CR LF. A line feed alone is refused here, before anything else is read, because servers
/// disagree on whether it ends a line.
struct HeadScanner {
    /// Where the head lies within the bytes.
    struct Extent: Hashable {
        /// The first byte of the first line.
        let start: Int
        /// The byte behind the empty line.
        let end: Int
    }

    private var scanned = 0
    private var lineStart = 0
    private var headStart = 0
    private var lineCount = 0

    /// Looks for the empty line that ends the head.
    ///
    /// One empty line before the head is skipped (RFC 9112, 2.2).
    /// - Parameters:
    ///   - bytes: All bytes since the head began: those of the last call and what came behind them.
    ///   - maximumSize: The largest head in bytes.
    ///   - maximumLines: The largest number of lines, the first one not counted.
    /// - Returns: Where the head lies; `nil` while its end has not arrived.
    /// - Throws: ``HeadRejection`` for a line feed alone and for a head beyond its limits.
    mutating func scan(
        _ bytes: UnsafeRawBufferPointer,
        maximumSize: Int,
        maximumLines: Int
    ) throws(HeadRejection) -> Extent? {
        while let lineFeed = Self.lineFeed(in: bytes, from: self.scanned) {
            guard lineFeed > self.lineStart, bytes[lineFeed - 1] == 0x0D else { throw .bareLineFeed }
            self.scanned = lineFeed + 1
            let isEmpty = lineFeed - 1 == self.lineStart
            self.lineStart = lineFeed + 1
            guard self.scanned <= maximumSize else { throw .tooLong }
            if !isEmpty {
                self.lineCount += 1
                guard self.lineCount <= maximumLines + 1 else { throw .tooManyLines }
            } else if self.lineCount == 0, self.headStart == 0 {
                self.headStart = self.lineStart
            } else {
                return Extent(start: self.headStart, end: self.lineStart)
            }
        }
        self.scanned = bytes.count
        guard bytes.count <= maximumSize else { throw .tooLong }
        return nil
    }

    @inline(__always)
    private static func lineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress, start < bytes.count,
            let found = memchr(base + start, 0x0A, bytes.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - base
    }
}
