import Foundation

/// The memory of this process that is in use, as the kernel counts it.
enum ResidentMemory {
    /// `VmRSS` of `/proc/self/status`, in KiB.
    static var now: Int {
        get throws {
            let status = try String(contentsOf: URL(filePath: "/proc/self/status"), encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            let number = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
            guard let kibibytes = number.flatMap({ Int($0) }) else { throw BenchmarkFailure.unknownMemory }
            return kibibytes
        }
    }
}
