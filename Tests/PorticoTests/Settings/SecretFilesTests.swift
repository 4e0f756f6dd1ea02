import Foundation
import Storage
import Testing

@testable import Portico

@Suite("Secrets in files")
struct SecretFilesTests {
    private let uri = "postgresql://portico:pw@db.example/portico"

    @Test("A secret is read from the file that _FILE names, without the line's end")
    func fileIsRead() throws {
        let secret = try SettingsExample.file(self.uri + "\n", name: "url")
        let input = SettingsExample.input(["PORTICO_DATABASE_URL": nil, "PORTICO_DATABASE_URL_FILE": secret])
        #expect(try input.settings().database.url.reveal() == self.uri)
    }

    @Test("The YAML file may name it too")
    func fileInFile() throws {
        let secret = try SettingsExample.file(self.uri, name: "url")
        let file = try SettingsExample.file("database_url_file: \(secret)\n")
        let input = SettingsExample.input(["PORTICO_DATABASE_URL": nil, "PORTICO_CONFIG": file])
        #expect(try input.settings().database.url.reveal() == self.uri)
    }

    @Test("A variable beats a file that a weaker place names")
    func strongerPlaceWins() throws {
        let file = try SettingsExample.file("database_url_file: /nonexistent\n")
        let input = SettingsExample.input(["PORTICO_CONFIG": file])
        #expect(try input.settings().database.url.reveal() == SettingsExample.environment["PORTICO_DATABASE_URL"])
    }

    @Test("A value and a file in one place contradict each other")
    func bothAreRefused() {
        let mistakes = SettingsExample.mistakes(["PORTICO_DATABASE_URL_FILE": "/dev/null"])
        #expect(
            mistakes.first
                == "PORTICO_DATABASE_URL_FILE and PORTICO_DATABASE_URL are both set: keep one of them"
        )
    }

    @Test(
        "A file that is missing or empty is told with its path",
        arguments: [
            ("/nonexistent/secret", "names /nonexistent/secret, which cannot be read"),
            ("/dev/null", "names /dev/null, which is empty"),
        ]
    )
    func unreadable(_ path: String, _ problem: String) {
        let mistakes = SettingsExample.mistakes(["PORTICO_SECRET_KEY": nil, "PORTICO_SECRET_KEY_FILE": path])
        #expect(mistakes.count == 1)
        #expect(mistakes.first?.hasPrefix("PORTICO_SECRET_KEY_FILE \(problem)") == true)
    }

    @Test("A file may hold several keys, one on a line")
    func severalKeys() throws {
        let keys = ["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE="]
        let path = try SettingsExample.file(keys.joined(separator: "\n") + "\n", name: "keys")
        let input = SettingsExample.input(["PORTICO_SECRET_KEY": nil, "PORTICO_SECRET_KEY_FILE": path])
        let keyring = try input.settings().secretKeys
        for key in keys {
            let bytes = try #require(Data(base64Encoded: key))
            let own = try #require(SecretKeyring([Array(bytes)]))
            let sealed = try own.seal([1, 2, 3], for: [])
            #expect(try keyring.open(sealed, for: []) == [1, 2, 3])
            #expect((keyring.currentID == own.currentID) == (key == keys[0]))
        }
    }

    @Test("A secret shows itself nowhere")
    func secretIsOpaque() {
        let secret = Secret("s3cret")
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!"\(secret) \(String(reflecting: secret)) \(dumped) \([secret])".contains("s3cret"))
    }
}
