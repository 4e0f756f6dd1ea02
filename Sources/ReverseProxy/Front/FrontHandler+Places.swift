/// Where a request belongs.
extension FrontHandler {
    /// A place that a path leads to.
    enum Place: Equatable {
        /// Portico's own pages.
        case controlPlane
        /// The endpoint at which proxies in front ask about requests.
        case forwardAuthentication
        /// The route at this place of the table.
        case rule(Int)
        /// None.
        case nowhere
        /// Several, depending on who reads the path.
        case ambiguous
    }

    /// Where a request belongs; every way to read its path must give the same place.
    func place(of request: RequestHead, _ head: UnsafeRawBufferPointer) -> Place {
        self.place(
            of: UnsafeRawBufferPointer(rebasing: head[request.pathStart..<request.pathEnd]),
            host: self.host(of: request, head)
        )
    }

    /// The value of `Host`; empty without one.
    @inline(__always)
    func host(of request: RequestHead, _ head: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        request.hostIndex.map { self.loop.fields[$0].value(in: head) } ?? UnsafeRawBufferPointer(rebasing: head[..<0])
    }

    /// Where a path of a host leads.
    func place(of path: UnsafeRawBufferPointer, host: UnsafeRawBufferPointer) -> Place {
        switch RequestPath.inspect(path) {
        case .plain: return self.match(path, host: host)
        case .refused: return .ambiguous
        case .manifold(let readings):
            let place = self.match(path, host: host)
            guard let stripped = self.readingsBehindPrefix(of: place, [Array(path)] + readings) else {
                return .ambiguous
            }
            let isSame = (readings + stripped)
                .allSatisfy { reading in reading.withUnsafeBytes { self.match($0, host: host) } == place }
            return isSame ? place : .ambiguous
        }
    }

    /// How an upstream that gets the path without its prefix reads it if it takes the beginning for a host; `nil` for a path
    /// that nobody means.
    private func readingsBehindPrefix(of place: Place, _ readings: [[UInt8]]) -> [[UInt8]]? {
        guard case .rule(let index) = place else { return [] }
        let length = self.loop.routing.rules[index].strippedPathLength
        guard length > 0 else { return [] }
        var stripped: [[UInt8]] = []
        for reading in readings where reading.count > length {
            guard let paths = RequestPath.withoutAuthorities(reading, from: length) else { return nil }
            stripped += paths
        }
        return stripped
    }

    @inline(__always)
    private func match(_ path: UnsafeRawBufferPointer, host: UnsafeRawBufferPointer) -> Place {
        for prefix in self.settings.reservedPrefixes where PathPrefix.matches(prefix, path) {
            return PathPrefix.matches(self.settings.forwardAuthenticationPath, path)
                ? .forwardAuthentication : .controlPlane
        }
        return self.loop.routing.table.match(host: host, path: path).map { .rule($0) } ?? .nowhere
    }
}
