import Testing

@testable import Portico

@Suite("The YAML file of settings")
struct SettingsFileTests {
    /// A file and the mistakes that it makes, each by its beginning after the file's path.
    struct Defect: CustomTestStringConvertible, Sendable {
        let yaml: String
        let mistakes: [String]

        var testDescription: String { self.yaml }
    }

    static let defects = [
        Defect(yaml: "listne: x\n", mistakes: ["listne in FILE is not a known key (line 1): did you mean `listen`?"]),
        Defect(yaml: "config: x\n", mistakes: ["config in FILE is not a known key (line 1): remove it"]),
        Defect(yaml: "prefix: /a\nprefix: /b\n", mistakes: ["the file in FILE is not YAML (line 1: prefix twice)"]),
        Defect(yaml: "prefix: [\n", mistakes: ["the file in FILE is not YAML (line "]),
        Defect(yaml: "- a\n", mistakes: ["the file in FILE is not a mapping"]),
        Defect(yaml: "prefix: {a: b}\n", mistakes: ["prefix in FILE is not a single value"]),
        Defect(yaml: "roles: {a: b}\n", mistakes: ["roles in FILE is not a list of values"]),
        Defect(yaml: "database_url: x\ndatabase_url_file: y\n", mistakes: []),
        Defect(yaml: "routes: []\n", mistakes: ["PORTICO_UPSTREAM is set although the file lists routes"]),
    ]

    @Test("Each defect of the file is told", arguments: Self.defects)
    func defectIsTold(_ defect: Defect) throws {
        let file = try SettingsExample.file(defect.yaml)
        let mistakes = SettingsExample.mistakes(["PORTICO_CONFIG": file])
        #expect(mistakes.count == defect.mistakes.count)
        for (mistake, beginning) in zip(mistakes, defect.mistakes) {
            #expect(mistake.hasPrefix(beginning.replacing("FILE", with: file)))
        }
    }

    @Test("A file that is not there is told")
    func missingFile() {
        let mistakes = SettingsExample.mistakes(["PORTICO_CONFIG": "/nonexistent/portico.yaml"])
        #expect(mistakes.first?.hasPrefix("the file in /nonexistent/portico.yaml cannot be read") == true)
    }

    @Test("An empty file changes nothing")
    func emptyFile() throws {
        #expect(SettingsExample.mistakes(["PORTICO_CONFIG": try SettingsExample.file("# nothing\n")]) == [])
    }
}
