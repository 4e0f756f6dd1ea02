import ArgumentParser
import Foundation
import Storage
import WebSSO
import Workspaces

/// `portico keys rotate`: new keys take the place of the present ones, after a time in which both are known.
struct KeysRotateCommand: OperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Make new keys that take over at the end of the overlap.",
        discussion: """
            The certificates of the new SAML keys are in the metadata within a minute. Until the end of the overlap the \
            old keys sign and both decrypt; then the old ones retire. Identity providers that read no metadata have to \
            be given the new certificates meanwhile.

            The new key of the identity token is in the key set within seconds. Until the end of the overlap, at least \
            an hour, the old one signs; after that it stays in the key set for 8 days.

            With an overlap of 0s every older key retires at once.
            """
    )

    /// More than a year of overlap is a mistyped number.
    private static let overlaps = Duration.zero...Duration.seconds(366 * 86_400)

    @Option(help: ArgumentHelp("How long both are in use, such as 14d or 0s.", valueName: "duration"))
    var overlap = "14d"

    @Option(help: ArgumentHelp("Rotate only the keys for SAML, or only those of the identity token."))
    var only: KeyKind?

    @OptionGroup var options: OperatorOptions

    func run() async throws {
        let overlap = try Self.duration(self.overlap)
        let kinds = self.only.map { [$0] } ?? KeyKind.allCases
        try await self.options.withOperator { context in
            guard let secrets = context.settings.secretKeys else {
                let mistake = SettingMistake(
                    setting: SettingKey.secretKey.environmentName,
                    origin: .absent,
                    problem: "is missing",
                    remedy: "set it to the one that `serve` has: new keys are encrypted under it"
                )
                throw SettingsMistakes(mistakes: [mistake])
            }
            let now = context.now
            let rotations: [any KeyRotating] = kinds.map { kind in
                switch kind {
                case .saml: SAMLKeyRotating(pool: context.pool, overlap: overlap, now: now)
                case .identity: IdentityKeyRotating(pool: context.pool, overlap: overlap, now: now)
                }
            }
            // All are asked before anything is written, and before keys are made, which takes seconds.
            for rotation in rotations { try await rotation.check() }
            for rotation in rotations { try await rotation.rotate(with: secrets) }
            // The present of afterwards: PostgreSQL rounds times to microseconds.
            let rows = try await KeyRow.all(in: context, at: Date())
            try context.output.done(
                "new keys take over at \(now.advanced(by: overlap).formatted(.iso8601)): `portico keys list` shows them",
                rows
            )
        }
    }

    private static func duration(_ text: String) throws -> Duration {
        do throws(SettingProblem) {
            return try SettingSyntax.duration(text, in: Self.overlaps)
        } catch {
            throw ValidationError("--overlap \(error.problem): \(error.remedy)")
        }
    }
}
