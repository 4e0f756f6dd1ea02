package import FoundationEssentials

extension Date {
    /// The instant that is this much later.
    package func advanced(by duration: Duration) -> Date {
        let (seconds, attoseconds) = duration.components
        return self.addingTimeInterval(Double(seconds) + Double(attoseconds) * 1e-18)
    }
}
