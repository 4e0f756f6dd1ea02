import ArgumentParser
import Foundation
import Storage

/// `portico keys list`: which key does what, and until when.
struct KeysListCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the keys: next, active, former and, for a month, retired.",
        discussion: "With --json the certificates are part of the list."
    )

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        try await self.options.withOperator { context in
            let rows = try await KeyRow.all(in: context, at: context.now)
            try context.output.list(
                rows,
                columns: ["use", "state", "from", "until", "certificate ends", "SHA-256 fingerprint or kid"],
                cells: { row in
                    [
                        row.use, row.state, row.activeFrom.formatted(.iso8601),
                        row.retiresAt?.formatted(.iso8601) ?? "-", row.certificateEnd?.formatted(.iso8601) ?? "-",
                        row.recognition,
                    ]
                },
                whenEmpty: "there are no keys yet: the first start of `portico serve` makes them"
            )
        }
    }
}
