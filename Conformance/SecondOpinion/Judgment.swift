import Foundation
import SAML
import SAMLBindings
import XMLSecurity

/// Judges documents in files, as a gateway does.
enum Judgment {
    /// Reads `cases.json` of a folder and writes `opinions.json` beside it.
    static func judge(folder: String) throws {
        let folder = URL(filePath: folder)
        let cases = try JSONDecoder()
            .decode([Case].self, from: Data(contentsOf: folder.appending(path: "cases.json")))
        var opinions: [Opinion] = []
        for item in cases {
            let field = StrictBase64.encode(try Data(contentsOf: folder.appending(path: item.file)))
            opinions.append(try self.judge(item, field))
        }
        try JSONEncoder().encode(opinions).write(to: folder.appending(path: "opinions.json"))
    }

    private static func judge(_ item: Case, _ field: String) throws -> Opinion {
        let certificates = (try? SigningCertificate.parse(item.exchange.certificate)) ?? []
        let expectations = try item.exchange.expectations()
        // The least of some, of more for a slow one: whatever else the machine does is not the document's cost.
        var microseconds = Double.infinity
        var result: Result<ValidatedAssertion, ResponseRejection>?
        for round in 0..<20 where round < 3 || microseconds > 5000 {
            let start = ProcessorTime.now
            result = Result { () throws(ResponseRejection) in
                try HTTPPostBinding.decodeResponse(field)
                    .validate(expectations, certificates: certificates, signaturePolicy: .either)
            }
            microseconds = min(microseconds, ProcessorTime.now - start)
        }
        switch result {
        case .success(let validated)?:
            return Opinion(
                file: item.file,
                verdict: "accepted",
                reason: "",
                identity: self.identity(validated),
                microseconds: microseconds
            )
        case .failure(let rejection)?:
            return Opinion(
                file: item.file,
                verdict: rejection.code.rawValue,
                reason: "\(rejection.rule): \(rejection.got ?? "")",
                identity: [],
                microseconds: microseconds
            )
        case nil:
            throw CheckerFailure.malformedCases(item.file)
        }
    }

    private static func identity(_ validated: ValidatedAssertion) -> [String] {
        var identity = [validated.nameID?.value ?? ""]
        for attribute in validated.attributes {
            for value in attribute.values {
                if case .text(let text) = value { identity.append("\(attribute.name)=\(text)") }
            }
        }
        return identity
    }
}
