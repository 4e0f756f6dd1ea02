import GatewayHTTP

/// The page of a sign-in with a passphrase.
enum PassphraseSignInTemplate {
    static let text = """
        {{<page}}{{$title}}Sign in with a passphrase{{/title}}{{$content}}
        <h1>Sign in with a passphrase</h1>
        <p class="lead">For owners of a workspace whose identity provider does not work, and for members without one. \
        The administrators of the workspace see that you came in this way.</p>
        {{#isRefused}}
        <p class="problem" id="refused" role="alert">\(Icons.warning)<span>That did not let you in. Check the Company ID, \
        the address, the passphrase and the code.</span></p>
        {{/isRefused}}
        <form method="post" action="{{action}}">
        {{#companyID}}{{> field}}{{/companyID}}
        {{#email}}{{> field}}{{/email}}
        {{#passphrase}}{{> field}}{{/passphrase}}
        {{#code}}{{> field}}{{/code}}
        <input type="hidden" name="rd" value="{{returnPath}}">
        <button class="button" type="submit">Sign in</button>
        </form>
        <p class="aside"><a href="{{signInPath}}">Sign in with your identity provider</a></p>
        <p class="help">You have no passphrase, or lost it? The people who run this service can send you a link to set \
        one.</p>
        {{/content}}{{/page}}
        """
}
