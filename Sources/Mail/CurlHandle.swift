import CCurl

/// One use of the library: its options, its bytes to and fro, and what it says of a failure.
///
/// Used by one thread. Everything that the library has a pointer to lives as long as its handle does.
@safe
final class CurlHandle {
    private let handle: UnsafeMutableRawPointer
    private let errors: UnsafeMutablePointer<CChar>
    private let source: MessageSource
    private let answers = AnswerReader()
    private var recipients: UnsafeMutablePointer<curl_slist>?
    private var firstFailure: CURLcode?

    /// Begins a use that sends these bytes, or none.
    ///
    /// - Returns: `nil` when the library cannot be used.
    init?(sending bytes: [UInt8]) {
        guard CurlLibrary.isReady, let handle = unsafe curl_easy_init() else { return nil }
        unsafe self.handle = handle
        unsafe self.errors = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe self.errors.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        self.source = MessageSource(bytes)
        unsafe self.note(portico_curl_errors(self.handle, self.errors))
        unsafe self.note(
            portico_curl_source(
                self.handle,
                { bytes, size, count, context in
                    guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
                    let source = unsafe Unmanaged<MessageSource>.fromOpaque(context).takeUnretainedValue()
                    return unsafe source.read(into: UnsafeMutableRawBufferPointer(start: bytes, count: size * count))
                },
                Unmanaged.passUnretained(self.source).toOpaque()
            )
        )
        unsafe self.note(
            portico_curl_answers(
                self.handle,
                { bytes, size, count, context in
                    guard let bytes = unsafe bytes, let context = unsafe context else { return 0 }
                    let answers = unsafe Unmanaged<AnswerReader>.fromOpaque(context).takeUnretainedValue()
                    unsafe answers.take(UnsafeRawBufferPointer(start: bytes, count: size * count))
                    return size * count
                },
                Unmanaged.passUnretained(self.answers).toOpaque()
            )
        )
    }

    deinit {
        unsafe curl_easy_cleanup(self.handle)
        unsafe curl_slist_free_all(self.recipients)
        unsafe self.errors.deallocate()
    }

    /// Sets an option that is a number.
    func set(_ option: CURLoption, to number: Int) {
        unsafe self.note(portico_curl_number(self.handle, option, number))
    }

    /// Sets an option that is a text, which the library copies.
    func set(_ option: CURLoption, to text: String) {
        unsafe self.note(portico_curl_text(self.handle, option, text))
    }

    /// Sets who gets the message.
    func setRecipient(_ path: String) {
        guard let list = unsafe curl_slist_append(self.recipients, path) else {
            self.note(CURLE_OUT_OF_MEMORY)
            return
        }
        unsafe self.recipients = list
        unsafe self.note(portico_curl_list(self.handle, CURLOPT_MAIL_RCPT, list))
    }

    /// Does what the options say and waits for its end; does nothing where one of them was not taken, so that nothing is
    /// sent without the protection that it should have.
    func perform() -> CURLcode {
        if let firstFailure { return firstFailure }
        return unsafe curl_easy_perform(self.handle)
    }

    /// What the server answered last; `nil` where it said nothing.
    var lastAnswer: ServerAnswer? {
        let status = unsafe portico_curl_status(self.handle)
        guard status > 0 else { return nil }
        // Another status is that of a farewell, which is no answer to what we wanted.
        return self.answers.last(with: status) ?? ServerAnswer(status: status, text: "")
    }

    /// What a code means, in the words that the library has for this occasion.
    func words(about code: CURLcode) -> String {
        let words = unsafe String(cString: self.errors)
        return words.isEmpty ? CurlLibrary.text(of: code) : words
    }

    private func note(_ code: CURLcode) {
        if code != CURLE_OK, self.firstFailure == nil { self.firstFailure = code }
    }
}
