import Testing

@testable import ReverseProxy

@Suite("What Upgrade asks for")
struct UpgradeOfferTests {
    @Test(
        "lines are read in the grammar of RFC 9110, 7.8",
        arguments: [
            ([], "none"), (["websocket"], "carried websocket"), (["WebSocket"], "carried WebSocket"),
            (["SPDY/3.1"], "carried SPDY/3.1"), (["tcp"], "carried tcp"), (["h2cx"], "carried h2cx"),
            ([""], "passed over"), ([","], "passed over"), (["websocket,"], "passed over"),
            (["websocket, h2c"], "passed over"), (["websocket", "websocket"], "passed over"), (["h2c"], "passed over"),
            (["H2C"], "passed over"), (["h2"], "passed over"), (["HTTP/2.0"], "passed over"),
            (["TLS/1.0"], "passed over"), (["TLS/1.0, HTTP/1.1"], "passed over"), (["web socket"], "malformed"),
            (["websocket/"], "malformed"), (["/13"], "malformed"), (["websocket/1/3"], "malformed"),
            (["websocket;q=1"], "malformed"), (["websocket, a b"], "malformed"), (["a b", "websocket"], "malformed"),
            (["websocket", "a b"], "malformed"),
        ]
    )
    func readsLines(_ lines: [String], _ expected: String) {
        let arrays = lines.map { Array($0.utf8) }
        var offer = UpgradeOffer.none
        var read = "none"
        for array in arrays {
            array.withUnsafeBytes { bytes in
                offer.note(bytes)
                read =
                    switch offer {
                    case .none: "none"
                    case .carried(let name): "carried \(String(decoding: name, as: UTF8.self))"
                    case .passedOver: "passed over"
                    case .malformed: "malformed"
                    }
            }
        }
        #expect(read == expected)
    }
}
