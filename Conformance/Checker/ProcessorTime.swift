#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// The time that processors have spent on this process.
enum ProcessorTime {
    /// Microseconds since the process began.
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }
}
