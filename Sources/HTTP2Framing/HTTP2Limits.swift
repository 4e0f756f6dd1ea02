/// What a client may ask of one connection.
package struct HTTP2Limits: Hashable, Sendable {
    /// How many streams it may have at a time.
    package var maximumStreams: Int
    /// How many bytes of a stream's body it may send before they are acknowledged.
    package var windowSize: Int
    /// The largest list of fields, counted as RFC 9113, 6.5.2 has it; a larger one ends the connection, since a list that is
    /// not read to its end spoils the table for the next one.
    package var maximumHeaderListSize: Int

    /// Sets the limits.
    package init(maximumStreams: Int, windowSize: Int, maximumHeaderListSize: Int) {
        self.maximumStreams = maximumStreams
        self.windowSize = windowSize
        self.maximumHeaderListSize = maximumHeaderListSize
    }
}
