import Foundation

/// What a program that drives the demonstration needs to know: `demo.json` in its folder, there while it is ready.
struct DemoFile: Hashable, Sendable, Encodable {
    /// Where the browser finds the gateway.
    let publicURL: String

    /// The operations listener.
    let operationsURL: String

    /// The sample application, without the gateway in front.
    let applicationURL: String

    /// The identity provider.
    let identityProviderURL: String

    /// The JSON file with the people whom the identity provider knows, read at every sign-in.
    let peopleFile: String

    /// The libpq URI of the database.
    let databaseURL: String

    /// The folder of the private cluster; absent when another database is used.
    let clusterFolder: String?

    /// The demonstration's process id.
    let processID: Int32

    private enum CodingKeys: String, CodingKey {
        case publicURL = "public_url"
        case operationsURL = "operations_url"
        case applicationURL = "application_url"
        case identityProviderURL = "identity_provider_url"
        case peopleFile = "people_file"
        case databaseURL = "database_url"
        case clusterFolder = "cluster_folder"
        case processID = "process_id"
    }

    /// Where the file is.
    static func location(in folder: URL) -> URL {
        folder.appending(path: "demo.json")
    }

    /// Writes the file whole or not at all.
    func write(in folder: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(self).write(to: Self.location(in: folder), options: .atomic)
    }
}
