import ArgumentParser
import Foundation
import SAML
import Storage
import WebSSO
import Workspaces

/// `portico saml explain`: every check of a captured response, or of a sign-in.
struct SAMLExplainCommand: WorkspaceOperatorCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Run every check on a captured SAMLResponse and say who must change what.",
        discussion: """
            The file holds the form field SAMLResponse or its XML; - reads it from standard input. Nothing is used up and \
            nothing is written. With --attempt the checks of a sign-in are shown as they were kept. Exits with 1 \
            when the response is refused.
            """
    )

    @Argument(help: ArgumentHelp("The Company ID.", valueName: "id"))
    var companyID: String

    @Argument(help: ArgumentHelp("The captured response; - for standard input.", valueName: "file"))
    var file: String?

    @Option(
        name: .customLong("request-id"),
        help: ArgumentHelp("The request that it has to answer; else the one that it names.", valueName: "id")
    )
    var requestID: String?

    @Option(
        help: ArgumentHelp(
            "When it was captured: 2026-11-20T08:00:00Z, or how long ago, such as 24h.",
            valueName: "time"
        )
    )
    var at: AuditSince?

    @Option(
        help: ArgumentHelp(
            "The id of a sign-in, on the error page or in the audit log, instead of a file.",
            valueName: "id"
        )
    )
    var attempt: String?

    @OptionGroup var options: OperatorOptions

    func validate() throws {
        guard (self.file == nil) != (self.attempt == nil) else {
            throw ValidationError("Give either a file with a captured response or --attempt.")
        }
        guard self.attempt == nil || (self.requestID == nil && self.at == nil) else {
            throw ValidationError("--request-id and --at go with a file.")
        }
        if let requestID, MessageID(requestID) == nil {
            throw ValidationError("--request-id takes the ID of an AuthnRequest.")
        }
        if let attempt, RequestID(attempt) == nil {
            throw ValidationError("--attempt takes the id that the error page shows.")
        }
    }

    func run() async throws {
        let captured = try self.file.map(CapturedResponse.read)
        try await self.options.withOperator { context in
            let configured = try await context.workspace(self.companyID)
            let document =
                if let captured {
                    try await self.explain(captured, configured, context)
                } else {
                    try await self.recall(configured, context)
                }
            try context.output.explain(document)
            if let refusal = document.refusal { throw refusal }
        }
    }

    // MARK: - A captured response

    private func explain(
        _ captured: String,
        _ configured: ConfiguredWorkspace,
        _ context: OperatorContext
    ) async throws -> ExplanationDocument {
        guard let site = context.site else {
            let mistake = SettingMistake(
                setting: SettingKey.publicURL.environmentName,
                origin: .absent,
                problem: "is missing",
                remedy: "set it to the one that `serve` has: Destination and Recipient are compared with it"
            )
            throw SettingsMistakes(mistakes: [mistake])
        }
        let time = self.at?.date(now: context.now) ?? context.now
        var keys: [SPKeyMaterial] = []
        if let secrets = context.settings.secretKeys {
            keys = try await SPKeyStore(pool: context.pool).opened(with: secrets, now: time)
        } else {
            context.output.note("without PORTICO_SECRET_KEY an encrypted assertion cannot be read")
        }
        let terms = ResponseExplainer.Terms(
            keys: keys,
            clockSkew: context.settings.saml.clockSkew,
            catalogue: context.settings.members.roles,
            signUpPolicy: context.settings.members.signUpPolicy,
            management: context.settings.members.management
        )
        guard
            let explainer = ResponseExplainer(
                configured: configured,
                site: site,
                terms: terms,
                signIns: SignInStore(pool: context.pool),
                directory: WorkspaceDirectory(pool: context.pool)
            )
        else {
            throw CommandRefusal(
                "\(configured.workspace.companyID) has no identity provider: configure one with `portico saml configure`"
            )
        }
        let explanation = try await explainer.explain(
            captured,
            requestID: self.requestID.flatMap(MessageID.init),
            at: time
        )
        return ExplanationDocument(explanation.checks, of: configured.workspace, at: time)
    }

    // MARK: - A sign-in

    private func recall(
        _ configured: ConfiguredWorkspace,
        _ context: OperatorContext
    ) async throws -> ExplanationDocument {
        let store = SignInAttemptStore(pool: context.pool)
        let requestID = self.attempt.flatMap { RequestID($0) }
        let found = try await store.attempts(WorkspaceScope(configured.workspace.id), requestID: requestID, limit: 1)
        if let attempt = found.first { return ExplanationDocument(attempt, of: configured.workspace) }
        // A response that answers no request is nobody's, and the operator's alone.
        guard let requestID, let attempt = try await store.attemptWithoutWorkspace(requestID: requestID) else {
            throw CommandRefusal(
                "no sign-in of \(configured.workspace.companyID) with this id is kept: copy the id from the error page or"
                    + " `request_id` from `portico audit`; attempts are kept for 14 days"
            )
        }
        context.output.note("this response led to no workspace: it answers no request that is stored")
        return ExplanationDocument(attempt, of: nil)
    }
}

extension CommandOutput {
    /// Writes an explanation: the object, or its lines.
    fileprivate func explain(_ document: ExplanationDocument) throws {
        switch self.format {
        case .json: try self.show(document, fields: [])
        case .human: for line in document.lines { self.line(PrintableText.escaped(line)) }
        }
    }
}
