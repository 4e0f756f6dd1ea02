import GatewayHTTP
import SAML
import Testing
import Workspaces

@Suite("Pages")
struct PageRendererTests {
    private let pages: PageRenderer

    init() throws {
        self.pages = try TestGateway().pages
    }

    private func signIn(_ page: SignInPage) -> String {
        String(decoding: self.pages.signIn(page), as: UTF8.self)
    }

    private func workspace(name: String) throws -> Workspace {
        Workspace(
            id: .random(),
            companyID: try #require(CompanyID("company-a")),
            name: name,
            spIssuer: try #require(EntityID("portico")),
            defaultRole: .notActivated
        )
    }

    /// Texts that end the attribute or element they stand in when they are not escaped; the last two hide the delimiter
    /// in a grapheme cluster.
    static let attacks = [
        "\"><script>alert(1)</script>", "' onfocus='alert(1)", "<img src=x>", "{{host}}", "&quot;",
        "\"\u{301} autofocus onfocus=alert(1) x=", "<\u{301}script>\u{200d}",
    ]

    @Test(arguments: Self.attacks)
    func escapeWhatWasTyped(text: String) throws {
        let page = self.signIn(
            SignInPage(intent: .signIn, companyID: text, returnPath: .root, problem: .companyIDMalformed)
        )
        let clean = self.signIn(
            SignInPage(intent: .signIn, companyID: "", returnPath: .root, problem: .companyIDMalformed)
        )
        for delimiter in ["\"", "<", ">", "'"] {
            let byte = try #require(delimiter.utf8.first)
            #expect(page.utf8.count { $0 == byte } == clean.utf8.count { $0 == byte })
        }
    }

    @Test(arguments: Self.attacks)
    func escapeTheNameOfAWorkspace(text: String) throws {
        let page = ContinuePage(
            intent: .signIn,
            workspace: try self.workspace(name: text),
            returnPath: ReturnPath("/a?b=\(text)"),
            otherSession: nil
        )
        let html = String(decoding: self.pages.continuing(page), as: UTF8.self)
        #expect(!html.contains("<script"))
        #expect(!html.unicodeScalars.contains("\u{301}") || html.contains("&quot;") || html.contains("&lt;"))
        #expect(html.utf8.count { $0 == UInt8(ascii: "\"") } % 2 == 0)
    }

    @Test func holdNoScriptAndNoStyle() throws {
        let workspace = try self.workspace(name: "Company A")
        let all = [
            self.pages.signIn(SignInPage(intent: .signUp, returnPath: .root)), self.pages.signedOut(),
            self.pages.continuing(
                ContinuePage(intent: .signIn, workspace: workspace, returnPath: .root, otherSession: nil)
            ),
            self.pages.errorPage(PublicError(.seatLimit), requestID: .random()),
        ]
        for page in all.map({ String(decoding: $0, as: UTF8.self) }) {
            #expect(page.hasPrefix("<!doctype html>\n<html lang=\"en\">"))
            for word in ["<script", "<style", " style=", " onclick", "javascript:", "{{", "}}"] {
                #expect(!page.contains(word))
            }
        }
    }

    @Test func keepWhatWasTypedAndDescribeTheProblem() {
        let page = self.signIn(
            SignInPage(
                intent: .signIn,
                companyID: "Acme Corp",
                returnPath: ReturnPath("/tasks?id=7&x=1"),
                problem: .companyNotFound
            )
        )
        #expect(page.contains("value=\"Acme Corp\""))
        #expect(page.contains("aria-invalid=\"true\" aria-describedby=\"company-id-problem company-id-help\""))
        #expect(page.contains("id=\"company-id-problem\""))
        #expect(page.contains("name=\"rd\" value=\"/tasks?id=7&amp;x=1\""))
        #expect(page.contains("href=\"/.portico/sign-up?rd=/tasks%3Fid%3D7%26x%3D1\""))
    }

    @Test func askForTheCompanyIDAccessibly() {
        let page = self.signIn(SignInPage(intent: .signIn, returnPath: .root))
        #expect(page.contains("<label for=\"company-id\">Company ID or e-mail address</label>"))
        #expect(page.contains("autocomplete=\"organization\""))
        #expect(page.contains("autofocus"))
        #expect(page.contains("inputmode=\"text\""))
        #expect(page.contains("aria-describedby=\"company-id-help\""))
        #expect(page.contains("If you are unsure, check with your admin."))
        #expect(page.contains("<title>Sign in · apps.example.com</title>"))
        #expect(!page.contains("company-id-problem"))
    }

    @Test func signUpPostsToItsOwnPath() {
        let page = self.signIn(SignInPage(intent: .signUp, returnPath: .root))
        #expect(page.contains("<form method=\"post\" action=\"/.portico/sign-up\">"))
        #expect(page.contains("href=\"/.portico/sign-in\""))
    }
}
