import LocalServers

/// What the demonstration tells a person to do once it is ready.
struct DemoInstructions {
    let publicURL: String
    let identityProviderURL: String
    let peopleFile: String
    let folder: String
    let settingsPath: String

    /// The text, narrow enough for a terminal of 80 columns.
    var text: String {
        """

        Portico is ready.

          1. Open          \(self.publicURL)
          2. Company ID    company-a   (or company-b)
          3. Sign in at the identity provider as one of

               user     password   roles
        \(self.people)

        ann owns company-a and stays its ADMIN whatever her roles say. To be somebody
        else, sign out of the identity provider too: the application's page has a
        link at its foot.

        Settings of a workspace, for its administrators such as ann:
                         \(self.publicURL)\(self.settingsPath)
        Commands of the operator, in another terminal in this folder:
                         . \(self.folder)/commands
                         portico setup-link company-b

        The roles are in \(self.peopleFile).
        Change them while this runs: they count at the next sign-in.

        Identity provider  \(self.identityProviderURL)
        Everything is in   \(self.folder) (delete it to start afresh)

        Ctrl-C stops everything.


        """
    }

    private var people: String {
        DemoCast.people.sorted { $0.key < $1.key }
            .map { name, person in
                let roles = (person.attributes["roles"] ?? []).joined(separator: ", ")
                return "       " + Self.pad(name, to: 9) + Self.pad(person.password, to: 11) + roles
            }
            .joined(separator: "\n")
    }

    private static func pad(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }
}
