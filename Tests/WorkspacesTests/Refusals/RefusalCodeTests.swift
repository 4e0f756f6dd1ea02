import SAML
import Testing
import Workspaces

@Suite("refusal codes")
struct RefusalCodeTests {
    @Test("section 4: every code has its name")
    func names() {
        let names: Set<String> = [
            "company_not_found", "saml_not_enabled", "domain_not_claimed", "relay_state_empty",
            "request_unknown_or_used", "unsolicited_refused", "xml_invalid", "status_not_success", "issuer_mismatch",
            "signature_invalid", "recipient_mismatch", "audience_mismatch", "expired_or_not_yet_valid", "replayed",
            "email_missing", "email_ambiguous", "email_domain_refused", "roles_missing", "roles_no_match",
            "roles_too_large", "no_group_match", "not_registered", "awaiting_role", "membership_deactivated",
            "seat_limit", "managed_by_idp", "last_admin", "storage_assertion_unusable", "storage_denied",
            "storage_reauth_required", "storage_sts_unavailable", "too_large", "rate_limited", "upstream_unreachable",
            "unavailable", "upstream_timeout", "session_required", "role_not_allowed", "email_invalid",
            "invitation_required", "decryption_failed", "authn_context_refused", "passphrase_refused",
        ]
        #expect(Set(RefusalCode.allCases.map(\.rawValue)) == names)
    }

    @Test("rulings 10: HTTP status", arguments: RefusalCode.allCases)
    func status(_ code: RefusalCode) {
        let statuses: [RefusalCode: Int] = [
            .xmlInvalid: 400, .relayStateEmpty: 400, .requestUnknownOrUsed: 400, .unsolicitedRefused: 400,
            .statusNotSuccess: 400, .companyNotFound: 404, .lastAdmin: 409, .tooLarge: 413, .rateLimited: 429,
            .upstreamUnreachable: 502, .unavailable: 503, .upstreamTimeout: 504, .sessionRequired: 401,
        ]
        #expect(code.httpStatus == statuses[code] ?? 403)
    }

    @Test("every code of the SAML profile has one here, with the same name", arguments: ResponseRejection.Code.allCases)
    func profileCodes(_ code: ResponseRejection.Code) {
        #expect(RefusalCode(code).rawValue == code.rawValue)
    }

    @Test("each code advises the member in one sentence", arguments: RefusalCode.allCases)
    func advice(_ code: RefusalCode) {
        #expect(code.memberAdvice.hasSuffix("."))
        #expect(!code.memberAdvice.dropLast().contains(". "))
        #expect(!code.title.isEmpty && !code.title.hasSuffix("."))
        // The words never tell the code's technical name, nor what was compared.
        #expect(!code.memberAdvice.contains("_"))
    }

    @Test("rulings 9: a workspace without SAML reads like an unknown Company ID")
    func companyNotFound() {
        #expect(RefusalCode.samlNotEnabled.shownToMembers == .companyNotFound)
        #expect(RefusalCode.samlNotEnabled.title == RefusalCode.companyNotFound.title)
        #expect(RefusalCode.samlNotEnabled.memberAdvice == RefusalCode.companyNotFound.memberAdvice)
        for code in RefusalCode.allCases where code != .samlNotEnabled {
            #expect(code.shownToMembers == code)
        }
    }
}
