import FuzzingOracle
import SAMLTesting

/// The reader of signed queries (saml-bindings 3.4.4.1): no crash, and no acceptance unless what was read is what one of
/// the signed queries says, RelayState and all.
///
/// The bytes are a query, changes to be made in one of the originals, and the message of a query that has somebody else's
/// signature.
enum QueryTarget {
    private static let oracle = Result { try LogoutOracle(identityProvider: TestIdentityProvider()) }

    static func run(_ bytes: [UInt8]) {
        guard let oracle = try? self.oracle.get() else { preconditionFailure("no originals could be made") }
        self.judge(String(decoding: bytes, as: UTF8.self), oracle)
        if let mutated = Mutation.apply(bytes, to: oracle.queries) {
            self.judge(String(decoding: mutated, as: UTF8.self), oracle)
        }
        for (query, name) in zip([oracle.queries[1], oracle.queries[2]], ["SAMLRequest=", "SAMLResponse="]) {
            let parameters = query.drop { $0 != "&" }
            self.judge(name + QueryValue.escaped(QueryValue.stored(bytes)) + parameters, oracle)
        }
    }

    private static func judge(_ query: String, _ oracle: LogoutOracle) {
        guard oracle.judge(query: query) == .forged else { return }
        fatalError("the query was accepted, and says something that was not signed: \(query)")
    }
}
