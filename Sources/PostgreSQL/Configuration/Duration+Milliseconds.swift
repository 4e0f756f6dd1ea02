extension Duration {
    /// The duration in milliseconds, rounded down, at least one.
    var wholeMilliseconds: Int64 {
        max(1, self.components.seconds * 1_000 + self.components.attoseconds / 1_000_000_000_000_000)
    }
}
