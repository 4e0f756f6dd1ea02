/// The version of the program.
enum ProgramVersion {
    /// As `portico --version` and `portico_build_info` tell it.
    static let text = "0.1.0"
}
