/// What a pool keeps count of where its connections are streams of HTTP/2.
extension UpstreamPool {
    /// Notes that a stream has begun for a request, which is told of it.
    func streamBegan(_ handler: UpstreamHandler, for front: FrontHandler, attempt: Int) {
        self.openingCount -= 1
        handler.hasSeat = self.seats != nil
        guard !front.takeUpstream(handler, attempt: attempt) else { return }
        self.noteUndecided()
        handler.close()
    }

    /// Forgets a request that had no stream yet.
    func streamGivenUp() {
        self.openingCount -= 1
        self.openCount -= 1
        self.seats?.leave()
        self.noteUndecided()
    }

    /// Counts a connection of HTTP/2.
    func connectionOpened() {
        self.connectedCount &+= 1
    }

    /// Counts a connection of HTTP/2 that was not opened, whose requests are told so by themselves.
    func connectionDidNotOpen() {
        self.connectFailureCount &+= 1
        self.noteFailure()
    }
}
