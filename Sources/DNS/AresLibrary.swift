import CCAres

/// The library's own state, made once for the program.
enum AresLibrary {
    /// The status of its initialization.
    static let status: Int32 = ares_library_init(ARES_LIB_INIT_ALL)

    /// What a status means, in the library's words.
    static func text(of status: Int32) -> String {
        unsafe String(cString: ares_strerror(status))
    }
}
