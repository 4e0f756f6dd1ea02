import Testing
import Workspaces

@Suite("return path")
struct ReturnPathTests {
    @Test(
        "F4 kept",
        arguments: [
            ("/", "/"), ("/tasks/1?tab=2&x=%20#frag", "/tasks/1?tab=2&x=%20#frag"), ("/a//b", "/a//b"),
            ("/?rd=//x", "/?rd=//x"),
            ("/größe 1", "/gr%C3%B6%C3%9Fe%201"), ("/a\\b", "/a\\b"), ("/@evil.example", "/@evil.example"),
            ("/" + String(repeating: "a", count: 2_047), "/" + String(repeating: "a", count: 2_047)),
        ]
    )
    func kept(_ text: String, _ value: String) {
        #expect(ReturnPath(text).value == value)
    }

    @Test(
        "interface 3: everything else becomes the start page",
        arguments: [
            "", "tasks", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
            "https://evil.example/",
            "javascript:alert(1)", " /tasks", "/\t/evil.example", "/\n/evil.example", "/a\r\nSet-Cookie: x=y",
            "/a\u{0}",
            "/a\u{7f}", "/a\u{85}b", "\u{2f}\u{2f}evil.example", "/" + String(repeating: "a", count: 2_048),
        ]
    )
    func replaced(_ text: String) {
        #expect(ReturnPath(text) == .root)
    }
}
