import CLibFuzzer
import HTTPFuzzing

#if canImport(Darwin)
import Darwin
#else
import Glibc
#endif

/// Runs libFuzzer on one target.
///
///     PORTICO_FUZZ_TARGET=xml|response|redirect|query|logout|metadata|pem|requests|chunks|answers
///         Fuzz [options of libFuzzer] [corpus folders]
///
/// `every-change-of-requests`, `-chunks` and `-answers` with `-runs=0` judge every message that differs from one in the folders
/// by one piece.
///
/// `Scripts/fuzz` builds it with the sanitizers, and runs each target with its seeds.
@main
enum Fuzz {
    static func main() {
        var count = CommandLine.argc
        var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = unsafe CommandLine.unsafeArgv
        if self.target == "response" { ResponseTarget.prepare() }
        let result =
            switch target {
            case "xml": unsafe LLVMFuzzerRunDriver(&count, &arguments) { unsafe Fuzz.run(XMLTarget.run, $0, $1) }
            case "response":
                unsafe LLVMFuzzerRunDriver(&count, &arguments) { unsafe Fuzz.run(ResponseTarget.run, $0, $1) }
            case "redirect":
                unsafe LLVMFuzzerRunDriver(&count, &arguments) { unsafe Fuzz.run(RedirectTarget.run, $0, $1) }
            case "query": unsafe LLVMFuzzerRunDriver(&count, &arguments) { unsafe Fuzz.run(QueryTarget.run, $0, $1) }
            case "logout": unsafe LLVMFuzzerRunDriver(&count, &arguments) { unsafe Fuzz.run(LogoutTarget.run, $0, $1) }
            case "metadata":
                unsafe LLVMFuzzerRunDriver(&count, &arguments) { unsafe Fuzz.run(MetadataTarget.run, $0, $1) }
            case "pem": unsafe LLVMFuzzerRunDriver(&count, &arguments) { unsafe Fuzz.run(PEMTarget.run, $0, $1) }
            case "requests":
                unsafe LLVMFuzzerRunDriver(&count, &arguments) { unsafe Fuzz.run(HTTPTarget.requests.run, $0, $1) }
            case "every-change-of-requests":
                unsafe LLVMFuzzerRunDriver(&count, &arguments) {
                    unsafe Fuzz.run(HTTPTarget.requests.runEveryChange, $0, $1)
                }
            case "chunks":
                unsafe LLVMFuzzerRunDriver(&count, &arguments) { unsafe Fuzz.run(HTTPTarget.chunks.run, $0, $1) }
            case "every-change-of-chunks":
                unsafe LLVMFuzzerRunDriver(&count, &arguments) {
                    unsafe Fuzz.run(HTTPTarget.chunks.runEveryChange, $0, $1)
                }
            case "answers":
                unsafe LLVMFuzzerRunDriver(&count, &arguments) { unsafe Fuzz.run(HTTPTarget.answers.run, $0, $1) }
            case "every-change-of-answers":
                unsafe LLVMFuzzerRunDriver(&count, &arguments) {
                    unsafe Fuzz.run(HTTPTarget.answers.runEveryChange, $0, $1)
                }
            case _: Int32(2)
            }
        exit(result)
    }

    private static var target: String {
        guard let value = unsafe getenv("PORTICO_FUZZ_TARGET") else { return "" }
        return unsafe String(cString: value)
    }

    private static func run(_ target: ([UInt8]) -> Void, _ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
        target(unsafe Array(UnsafeBufferPointer(start: data, count: count)))
        return 0
    }
}
