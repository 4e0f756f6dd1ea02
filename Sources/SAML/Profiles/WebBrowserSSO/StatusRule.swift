/// saml-core 3.2.2.2: only the top-level code `Success` says that the request succeeded (behavior V/3).
struct StatusRule {
    @discardableResult
    func check(_ status: Status) throws(ResponseRejection) -> Finding {
        guard status.code.isExactly(Status.success) else {
            let got = [status.code, status.subordinateCode, status.message].compactMap(\.self).joined(separator: " ")
            throw ResponseRejection(.statusNotSuccess, rule: "StatusRule", wanted: Status.success, got: got)
        }
        return Finding(wanted: .text(Status.success), got: .text(status.code))
    }
}
