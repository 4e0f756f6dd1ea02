/// One thing that `portico doctor` looked at.
struct DoctorFinding: Hashable, Sendable, Encodable {
    /// How it is.
    enum Status: String, Hashable, Sendable, Encodable {
        /// As it should be.
        case ok
        /// It works; somebody should look.
        case warning
        /// It does not work.
        case failure
    }

    /// What was looked at, such as the database.
    let check: String

    /// How it is.
    let status: Status

    /// What was found.
    let detail: String

    /// Who must do what; nil where nothing is to be done.
    let remedy: String?

    static func ok(_ check: String, _ detail: String) -> DoctorFinding {
        DoctorFinding(check: check, status: .ok, detail: detail, remedy: nil)
    }

    static func warning(_ check: String, _ detail: String, remedy: String) -> DoctorFinding {
        DoctorFinding(check: check, status: .warning, detail: detail, remedy: remedy)
    }

    static func failure(_ check: String, _ detail: String, remedy: String) -> DoctorFinding {
        DoctorFinding(check: check, status: .failure, detail: detail, remedy: remedy)
    }
}

extension DoctorFinding {
    /// The finding for people: what was found, and below it what to do.
    var lines: [String] {
        let mark =
            switch self.status {
            case .ok: "ok      "
            case .warning: "warning "
            case .failure: "FAILURE "
            }
        return ["\(mark) \(self.check): \(self.detail)"] + (self.remedy.map { ["          → \($0)"] } ?? [])
    }
}
