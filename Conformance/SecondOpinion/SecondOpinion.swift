import Foundation

/// What `Scripts/second-opinion` runs of Portico itself.
///
///     SecondOpinion prepare FOLDER        messages that are signed now: FOLDER/sources.json
///     SecondOpinion mutate FOLDER SEED    documents made of each message that FOLDER/sources.json names
///     SecondOpinion judge FOLDER          a verdict for each document that FOLDER/cases.json names
@main
enum SecondOpinion {
    static func main() {
        do {
            try self.run()
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }

    private static func run() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("prepare", 2): try Preparation.write(to: arguments[1])
        case ("mutate", 3):
            guard let seed = Int(arguments[2]) else { throw OpinionFailure.usage }
            try Mutants.write(to: arguments[1], seed: seed)
        case ("judge", 2): try Judgment.judge(folder: arguments[1])
        case _: throw OpinionFailure.usage
        }
    }
}
