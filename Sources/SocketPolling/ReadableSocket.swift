/// Whoever reads from a socket that a ``SocketPoll`` watches.
package protocol ReadableSocket: AnyObject {
    /// Bytes, an end or a failure came since the socket was last found empty. It may be gone: nothing is promised.
    ///
    /// It is called on the thread of the poll, and may add and remove sockets.
    ///
    /// - Parameter isUrgent: Whether an urgent byte is among them (RFC 6093), where a reading ends although there is more.
    func socketBecameReadable(isUrgent: Bool)
}
