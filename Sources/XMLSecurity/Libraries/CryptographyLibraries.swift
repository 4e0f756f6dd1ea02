import CXMLSec

/// libxml2, xmlsec1 and OpenSSL, initialized once for the process.
///
/// Never shut down: other threads may still be inside the libraries when a process ends.
/// After `start()` nothing in this process fetches by itself what XML names: xmlsec1 has no I/O callbacks left, and
/// libxml2's loader of external entities answers nothing.
enum CryptographyLibraries {
    private static let isReady: Bool = {
        xmlInitParser()
        unsafe xmlSetExternalEntityLoader { _, _, _ in nil }
        guard
            xmlSecInit() >= 0,
            portico_xmlsec_check_version() == 1,
            xmlSecOpenSSLAppInit(nil) >= 0,
            xmlSecOpenSSLInit() >= 0
        else { return false }
        xmlSecIOCleanupCallbacks()
        unsafe xmlSecErrorsSetCallback { _, _, _, _, _, _, _ in }
        return true
    }()

    /// Makes the libraries ready and silences them on this thread; cheap after the first call.
    ///
    /// libxml2 and OpenSSL keep error handlers and error queues for each thread, and Swift tasks change threads, so each
    /// parse and each verification begins with it.
    ///
    /// - Returns: Whether the libraries that were loaded are the ones that this was compiled for.
    static func start() -> Bool {
        guard self.isReady else { return false }
        unsafe portico_silence_thread { _, _ in }
        ERR_clear_error()
        return true
    }

    /// Empties OpenSSL's error queue of this thread.
    static func forgetErrors() {
        ERR_clear_error()
    }
}
