import SAML
import XMLSecurity

/// One message of ``CostRun``, and what its check has cost so far.
struct CostRow {
    /// What the table calls it.
    let name: String
    /// The kind of the eight keys.
    let keys: String
    let byteCount: Int
    /// The workspace's certificates, without and with the signer's.
    let strangers: [SigningCertificate]
    let own: [SigningCertificate]
    /// Everything that a gateway does with the message.
    let check: ([SigningCertificate]) throws(ResponseRejection) -> Void
    private(set) var stranger = Measurement()
    private(set) var identityProvider = Measurement()

    init(
        _ name: String,
        keys: String,
        byteCount: Int,
        strangers: [SigningCertificate],
        own: [SigningCertificate],
        check: @escaping ([SigningCertificate]) throws(ResponseRejection) -> Void
    ) {
        self.name = name
        self.keys = keys
        self.byteCount = byteCount
        self.strangers = strangers
        self.own = own
        self.check = check
    }

    struct Measurement {
        var milliseconds = Double.infinity
        var verdict = "accepted"

        /// The milliseconds with one decimal.
        var text: String {
            let tenths = Int((self.milliseconds * 10).rounded())
            return "\(tenths / 10).\(tenths % 10)"
        }
    }

    /// The dearer of the two ways, in milliseconds.
    var milliseconds: Double { max(self.stranger.milliseconds, self.identityProvider.milliseconds) }

    /// Checks the message both ways; the least of all turns counts, for whatever else the machine does is not its own.
    mutating func measure() {
        let stranger = self.measurement(under: self.strangers)
        if stranger.milliseconds < self.stranger.milliseconds { self.stranger = stranger }
        let own = self.measurement(under: self.own)
        if own.milliseconds < self.identityProvider.milliseconds { self.identityProvider = own }
    }

    private func measurement(under certificates: [SigningCertificate]) -> Measurement {
        var measurement = Measurement()
        let start = ProcessorTime.now
        do throws(ResponseRejection) {
            try self.check(certificates)
        } catch {
            measurement.verdict = error.code.rawValue
        }
        measurement.milliseconds = (ProcessorTime.now - start) / 1000
        return measurement
    }
}
