import GatewayHTTP

/// The page about ways in without the identity provider, and about the owner.
enum AccessTemplate {
    static let text = """
        {{<layout}}{{$title}}Access{{/title}}{{$content}}
        <header class="heading"><h1>Access</h1></header>
        <p class="lead">How you get in when your identity provider does not work, and who owns the workspace.</p>
        {{#notice}}<p class="notice good" role="status">\(Icons.check)<span>{{.}}</span></p>{{/notice}}
        {{#confirmation}}
        <div class="notice warn" role="note">\(Icons.lock)<div><p>To change anything here, confirm first who you are. \
        {{words}}</p><p><a href="{{path}}">Confirm who you are</a></p></div></div>
        {{/confirmation}}
        <section class="card" aria-labelledby="passphrase-heading">
        <h2 id="passphrase-heading">Your passphrase</h2>
        <p class="note">{{modeWords}} Each sign-in with one stands in the audit log and on the overview.</p>
        {{#mayHavePassphrase}}
        {{#hasPassphrase}}<p><span class="badge good">Set</span> {{setOn}}</p>{{/hasPassphrase}}
        {{^hasPassphrase}}<p><span class="badge warn">Not set</span> You cannot get in while your identity provider does \
        not work.</p>{{/hasPassphrase}}
        {{#isConfirmed}}
        <form method="post" action="{{path}}/passphrase">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        {{#passphrase}}{{> field}}{{/passphrase}}
        {{#repetition}}{{> field}}{{/repetition}}
        <button class="button" type="submit">{{passphraseAction}}</button>
        </form>
        {{#hasPassphrase}}
        <form method="post" action="{{path}}/passphrase/remove">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        {{#removalProblem}}<p class="problem" id="removal-problem" role="alert">\(Icons.warning)<span>{{.}} \
        <a href="{{singleSignOnPath}}">To single sign-on</a></span></p>{{/removalProblem}}
        <button class="button quiet" type="submit"{{#removalProblem}} aria-describedby="removal-problem"{{/removalProblem}}>\
        Remove the passphrase</button>
        </form>
        {{/hasPassphrase}}
        {{/isConfirmed}}
        {{/mayHavePassphrase}}
        </section>
        {{#hasPassphrase}}
        <section class="card" aria-labelledby="authenticator-heading">
        <h2 id="authenticator-heading">Authenticator app</h2>
        {{#hasCodes}}
        <p><span class="badge good">On</span> Your passphrase opens nothing without a code of the app. If you lose it, the \
        people who run this service send you a link to begin anew.</p>
        {{#isConfirmed}}
        <form method="post" action="{{path}}/authenticator/remove">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        <button class="button quiet" type="submit">Remove the app</button>
        </form>
        {{/isConfirmed}}
        {{/hasCodes}}
        {{^hasCodes}}
        <p class="note">An app that shows codes makes the passphrase useless to whoever has seen it.</p>
        {{#isConfirmed}}
        <form method="post" action="{{path}}/authenticator">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        <input type="hidden" name="secret" value="{{secret}}">
        <ol class="enrolment">
        <li><p>Scan this with the app.</p>
        {{#secretDrawing}}<svg class="qr-code" viewBox="-4 -4 {{side}} {{side}}" role="img" \
        aria-label="QR code of the key below"><rect x="-4" y="-4" width="{{side}}" height="{{side}}"/>\
        <path d="{{path}}"/></svg>{{/secretDrawing}}
        <details><summary>Without a camera</summary>
        <dl class="plain"><dt>Key to type into the app</dt><dd><code>{{secretInGroups}}</code></dd></dl>
        <p class="note">By time, six digits, every 30 seconds. On the device of the app: \
        <a href="{{secretURI}}">open it there</a>.</p></details></li>
        <li><p>Type what it shows.</p>
        {{#code}}{{> field}}{{/code}}
        <button class="button" type="submit">Ask for codes from now on</button></li>
        </ol>
        </form>
        {{/isConfirmed}}
        {{/hasCodes}}
        </section>
        {{/hasPassphrase}}
        <section class="card" aria-labelledby="enforce-heading">
        <h2 id="enforce-heading">Single sign-on alone</h2>
        {{#standing}}<p><span class="badge {{#isGood}}good{{/isGood}}{{^isGood}}warn{{/isGood}}">{{badge}}</span> {{words}}\
        {{#isOff}} <a href="{{singleSignOnPath}}">To single sign-on</a>{{/isOff}}</p>
        {{#canEnforce}}
        <p class="note">From then on members come in by single sign-on alone, and sessions that a passphrase has opened end. The \
        owner keeps theirs, for when the identity provider does not work.</p>
        {{#isConfirmed}}
        <form method="post" action="{{path}}/enforce">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        {{#enforceProblem}}<p class="problem" id="local-sign-in-problem" role="alert">\(Icons.warning)<span>{{.}} \
        <a href="{{singleSignOnPath}}">To single sign-on</a></span></p>{{/enforceProblem}}
        <button class="button" type="submit"{{#enforceProblem}} aria-describedby="local-sign-in-problem"{{/enforceProblem}}>\
        Enforce single sign-on</button>
        </form>
        {{/isConfirmed}}
        {{/canEnforce}}{{/standing}}
        </section>
        <section class="card" aria-labelledby="owner-heading">
        <h2 id="owner-heading">Owner</h2>
        <p><strong>{{owner}}</strong>{{#isOwner}} (you){{/isOwner}}</p>
        {{^appointment}}<p class="note">Nobody takes the role of an administrator from the owner, neither by hand nor by the \
        identity provider.</p>{{/appointment}}
        {{#appointment}}<p class="note">Whoever runs Portico can make an active administrator the owner, with \
        <code>{{.}}</code>.</p>{{/appointment}}
        {{#isOwner}}
        {{#hasSuccessors}}
        {{#isConfirmed}}
        <form method="post" action="{{path}}/owner">
        <input type="hidden" name="csrf" value="{{frame.csrf}}">
        {{#successor}}{{> field}}{{/successor}}
        {{#lossWords}}<p class="notice warn">\(Icons.warning)<span>{{.}}</span></p>{{/lossWords}}
        <button class="button" type="submit">Transfer the ownership</button>
        </form>
        {{/isConfirmed}}
        {{/hasSuccessors}}
        {{^hasSuccessors}}<p class="note">There is no other active administrator to transfer it to.</p>{{/hasSuccessors}}
        {{/isOwner}}
        </section>
        {{/content}}{{/layout}}
        """
}
