import FoundationEssentials
import PostgreSQL
import Workspaces

extension StoredLocalCredential {
    /// The columns of a credential, for a statement whose table has the alias `c`.
    static let columns: SQL = """
        c.user_id, c.salt, c.digest, c.cost_rounds, c.cost_block_size, c.cost_parallelism, c.set_at,
        c.sealed_code_secret, c.code_secret_key_id, c.last_code_step
        """

    /// Reads a row that has ``columns``, joined from the left: nil where there is no passphrase.
    init?(joined row: Row) throws {
        guard let salt: [UInt8] = try row.optional("salt") else { return nil }
        var codes: CodeSetup?
        if let bytes: [UInt8] = try row.optional("sealed_code_secret") {
            let sealed = SealedSecret(secretKeyID: try row.value("code_secret_key_id"), bytes: bytes)
            codes = CodeSetup(sealedSecret: sealed, lastStep: try row.value("last_code_step"))
        }
        self.init(
            userID: UserID(try row.value("user_id", as: UUID.self)),
            hash: PassphraseHash(
                cost: PassphraseHash.Cost(
                    rounds: try row.value("cost_rounds"),
                    blockSize: try row.value("cost_block_size"),
                    parallelism: try row.value("cost_parallelism")
                ),
                salt: salt,
                digest: try row.value("digest")
            ),
            setAt: try row.value("set_at"),
            codes: codes
        )
    }
}
