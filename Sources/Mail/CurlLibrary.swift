import CCurl

/// The library's own state, made once for the program.
enum CurlLibrary {
    /// Whether its initialization succeeded.
    static let isReady: Bool = portico_curl_start() == CURLE_OK

    /// What a code means, in the library's words.
    static func text(of code: CURLcode) -> String {
        unsafe String(cString: curl_easy_strerror(code))
    }
}
