/// Reads a request path the ways that servers read it, so that a rule cannot be passed by spelling.
///
/// Servers differ on whether they decode `%2F` before they split a path, merge `//`, take what follows `//` for a host
/// (RFC 3986, 4.2), cut `;parameters`, turn `\` into `/`, or decode twice. A path without any of these has one reading and costs one look at each byte. For one with them all
/// readings are made, and the caller refuses it when they do not belong to one rule. Dot segments in any spelling are
/// refused at once: no browser sends them, since URL parsing removes them.
enum RequestPath {
    /// What a path is.
    enum Inspection: Hashable {
        /// The path reads one way.
        case plain
        /// The other ways to read the path.
        case manifold([[UInt8]])
        /// No server should be given this path.
        case refused
    }

    /// Inspects a path as it stands in the request line, without its query.
    static func inspect(_ path: UnsafeRawBufferPointer) -> Inspection {
        var previous: UInt8 = 0
        for index in path.indices {
            let byte = path[index]
            switch byte {
            case UInt8(ascii: ";"), UInt8(ascii: "\\"):
                return Self.inspectThoroughly(Array(path))
            case UInt8(ascii: "%"):
                guard index + 2 < path.count, let high = PercentEncoding.hexValue(path[index + 1]),
                    let low = PercentEncoding.hexValue(path[index + 2]), high | low != 0
                else { return .refused }
                // Prefixes hold visible ASCII, so that no other byte can change what matches.
                if (0x21...0x7E).contains(high << 4 | low) { return Self.inspectThoroughly(Array(path)) }
            case UInt8(ascii: "/"), UInt8(ascii: "."):
                // `//` and `/.` are where empty and dot segments begin.
                if previous == UInt8(ascii: "/") { return Self.inspectThoroughly(Array(path)) }
            case _:
                break
            }
            previous = byte
        }
        return .plain
    }

    private static func inspectThoroughly(_ path: [UInt8]) -> Inspection {
        guard let once = PercentEncoding.decode(path) else { return .refused }
        // What is no longer percent-encoding after the first decoding is read as it stands.
        let twice = PercentEncoding.decode(once) ?? once
        var readings: Set<[UInt8]> = []
        for decoded in [path, once, twice] {
            guard !decoded.contains(0) else { return .refused }
            let slashed = decoded.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
            for base in [decoded, slashed] {
                for uncut in [base, Self.withoutParameters(base)] {
                    guard !Self.hasDotSegment(uncut) else { return .refused }
                    readings.insert(uncut)
                    readings.insert(Self.withSlashesMerged(uncut))
                    guard let paths = Self.withoutAuthorities(uncut) else { return .refused }
                    readings.formUnion(paths)
                }
            }
        }
        readings.remove(path)
        return readings.isEmpty ? .plain : .manifold(Array(readings))
    }

    /// What is left for readers that take the target for a reference with a host, then merge slashes or read it once more.
    ///
    /// - Parameters:
    ///   - path: A reading of the path.
    ///   - start: Where the target begins that an upstream gets.
    /// - Returns: The paths with everything before `start`, none where no two slashes are there; `nil` when there are more
    ///   such beginnings behind each other than anybody means.
    static func withoutAuthorities(_ path: [UInt8], from start: Int = 0) -> [[UInt8]]? {
        var readings: [[UInt8]] = []
        var rest = path
        while let next = Self.withoutAuthority(rest, from: start) {
            guard readings.count < 8 else { return nil }
            readings += [next, Self.withSlashesMerged(next)]
            rest = next
        }
        return readings
    }

    private static func withoutAuthority(_ path: [UInt8], from start: Int) -> [UInt8]? {
        let slash = UInt8(ascii: "/")
        let target = path[start...]
        guard target.starts(with: [slash, slash]) else { return nil }
        // URL parsers of browsers pass over any more slashes; others read an empty host, which is the merged reading.
        let rest = target.drop { $0 == slash }.drop { $0 != slash }
        return Array(path[..<start]) + (rest.isEmpty ? [slash] : rest)
    }

    private static func hasDotSegment(_ path: [UInt8]) -> Bool {
        path.split(separator: UInt8(ascii: "/"))
            .contains { segment in
                segment.count <= 2 && segment.allSatisfy { $0 == UInt8(ascii: ".") }
            }
    }

    private static func withoutParameters(_ path: [UInt8]) -> [UInt8] {
        let segments = path.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return Array(segments.map { $0.prefix { $0 != UInt8(ascii: ";") } }.joined(separator: [UInt8(ascii: "/")]))
    }

    private static func withSlashesMerged(_ path: [UInt8]) -> [UInt8] {
        var merged: [UInt8] = []
        merged.reserveCapacity(path.count)
        for byte in path where byte != UInt8(ascii: "/") || merged.last != UInt8(ascii: "/") { merged.append(byte) }
        return merged
    }
}
