/// Why no opinion can be given.
enum OpinionFailure: Error, CustomStringConvertible {
    /// The arguments are not those that it knows.
    case usage
    /// The folder's files are not as `prepare` or `Scripts/second-opinion` writes them.
    case malformedCases(String)

    var description: String {
        switch self {
        case .usage: "usage: SecondOpinion prepare FOLDER | mutate FOLDER SEED | judge FOLDER"
        case .malformedCases(let reason): "The cases cannot be read: \(reason)"
        }
    }
}
