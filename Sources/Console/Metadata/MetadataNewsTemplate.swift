import GatewayHTTP

/// What there is to know of metadata that is fetched again and again.
enum MetadataNewsTemplate {
    /// The notice on other pages, for one whose value has the news as `metadataNews`.
    static let notice = """
        {{#metadataNews}}{{#isUrgent}}<div class="notice warn" role="note">\(Icons.warning)<div>\
        {{#summary}}<p><strong>{{.}}</strong> Nothing changes until an administrator decides.</p>{{/summary}}\
        {{#offered}}<p><strong>The metadata has another sign-in URL.</strong></p>{{/offered}}\
        {{#failure}}<p>{{words}}</p>{{/failure}}\
        <p><a href="{{pagePath}}">Look at it</a></p></div></div>{{/isUrgent}}{{/metadataNews}}
        """

    /// The news with the buttons, for the page of single sign-on.
    static let whole = """
        {{#metadataNews}}
        <section class="card" aria-labelledby="metadata-news"><h2 id="metadata-news">News of the metadata</h2>
        <p class="note">From {{url}}</p>
        {{#failure}}<div class="notice warn">\(Icons.warning)<div><p>{{words}}</p>{{#problem}}<p>{{.}}</p>{{/problem}}\
        <p>Open the address in a browser: if it has moved, read the metadata from its new place below; if your provider changes \
        its certificate meanwhile, paste the new one. {{#next}}The next try is on {{.}}.{{/next}}</p></div></div>{{/failure}}
        {{#summary}}<p><strong>{{.}}</strong> Compare each fingerprint with what your provider’s administrator says before you \
        approve.</p>{{/summary}}
        {{#waiting}}\(Self.proposal){{/waiting}}
        {{#offered}}<p><strong>The metadata has another sign-in URL:</strong> <code>{{new}}</code> instead of <code>{{old}}</code>. \
        Put it into the form below if your provider has moved.</p>{{/offered}}
        {{#hasRejected}}<details><summary>What was rejected</summary>{{#rejected}}\(Self.proposal){{/rejected}}</details>\
        {{/hasRejected}}
        </section>
        {{/metadataNews}}
        """

    private static let proposal = """
        <div class="certificate">
        <p class="certificate-name"><strong>{{subject}}</strong> <span>{{key}}</span></p>
        <p class="certificate-time"><span class="badge{{#isAddition}} good{{/isAddition}}{{^isAddition}} warn{{/isAddition}}">\
        {{title}}</span> {{#isExpired}}<span class="badge bad">Expired</span> {{/isExpired}}<span>{{validity}}</span></p>
        <p class="fingerprint"><span>SHA-256</span> <code>{{fingerprint}}</code></p>
        <p class="note">Seen first on {{since}}. {{effect}}{{#rejectedAt}} Rejected on {{.}}.{{/rejectedAt}}</p>
        <form class="row" method="post" action="{{reviewPath}}"><input type="hidden" name="csrf" value="{{frame.csrf}}">\
        <input type="hidden" name="fingerprint" value="{{fingerprint}}"><input type="hidden" name="kind" value="{{kind}}">\
        <button class="button" type="submit" name="decision" value="approve">Approve<span class="aloud"> {{fingerprint}}</span>\
        </button>{{^rejectedAt}}<button class="button quiet" type="submit" name="decision" value="reject">Reject\
        <span class="aloud"> {{fingerprint}}</span></button>{{/rejectedAt}}</form>
        </div>
        """
}
