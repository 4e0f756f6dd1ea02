import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// What the process uses of the machine at one moment; what the system does not tell is absent.
struct ProcessUsage: Hashable, Sendable {
    /// The time of processors, user and system together, in seconds.
    let cpuSeconds: Double?
    /// The resident memory in bytes.
    let residentBytes: Int?
    /// How many file descriptors are open.
    let openFileDescriptors: Int?
    /// How many may be open.
    let fileDescriptorLimit: Int?

    /// Asks the system; on Linux, `/proc` has the memory and the descriptors.
    static func current() -> ProcessUsage {
        ProcessUsage(
            cpuSeconds: Self.cpuSeconds,
            residentBytes: Self.residentPages.map { $0 * sysconf(Int32(_SC_PAGESIZE)) },
            openFileDescriptors: try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count,
            fileDescriptorLimit: Self.fileDescriptorLimit
        )
    }

    private static var cpuSeconds: Double? {
        var time = timespec()
        guard clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time) == 0 else { return nil }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The second number of `statm` (proc(5)).
    private static var residentPages: Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return nil }
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }

    private static var fileDescriptorLimit: Int? {
        let limit = sysconf(Int32(_SC_OPEN_MAX))
        return limit > 0 ? limit : nil
    }
}
