import GatewayHTTP

/// The overview: how sign-in is, and what to do next.
enum OverviewTemplate {
    static let text = """
        {{<layout}}{{$title}}Overview{{/title}}{{$content}}
        <header class="heading"><h1>{{frame.workspaceName}}</h1></header>
        <p class="lead">How signing in goes, and what to do next.</p>
        {{#administratorNotice}}<p class="notice warn">\(Icons.warning)<span><strong>Nobody is an administrator here yet.\
        </strong> {{.}}</span></p>{{/administratorNotice}}
        {{#passphraseNotice}}
        <div class="notice warn" role="note">\(Icons.warning)<div><p>{{words}} \
        <a href="{{logPath}}">See them in the audit log</a>.</p></div></div>
        {{/passphraseNotice}}
        {{#trustChange}}<p class="notice warn">\(Icons.warning)<span><strong>Sign-in rests on another certificate, issuer, sign-in URL or \
        attribute since {{time}}.</strong> Saved by {{savedBy}}. If none of you meant that, <a href="{{path}}">go back to an earlier \
        version</a>.</span></p>{{/trustChange}}
        \(MetadataNewsTemplate.notice)
        <ul class="tiles">
        {{#tiles}}
        <li class="tile card{{#isGood}} good{{/isGood}}{{#isWarning}} warn{{/isWarning}}{{#isBad}} bad{{/isBad}}">
        <h2>{{title}}</h2><p class="tile-value{{#isLong}} long{{/isLong}}">\
        {{#parts}}{{.}}<wbr>{{/parts}}</p><p class="tile-detail">{{detail}}\
        {{#more}} <a href="{{.}}">See why</a>{{/more}}</p></li>
        {{/tiles}}
        </ul>
        {{^isComplete}}
        <section class="card" aria-labelledby="next">
        <h2 id="next">What to do next</h2>
        <ol class="steps">
        {{#steps}}
        <li class="{{#isDone}}done{{/isDone}}{{^isDone}}open{{/isDone}}">\
        <span class="tick">{{#isDone}}\(Icons.check)<span class="aloud">Done:</span>{{/isDone}}</span>
        <div><h3>{{title}}</h3><p>{{words}}</p>\
        {{#hasGuides}}<p>Step by step, with the values of this workspace:</p><ul class="guide-list">\
        {{#guides}}<li><a href="{{path}}">{{title}}</a></li>{{/guides}}</ul>{{/hasGuides}}{{#isNext}}{{#path}}<p><a class="onward" href="{{.}}">Go on \
        \(Icons.arrow)<span class="aloud">to {{title}}</span></a></p>{{/path}}{{/isNext}}</div></li>
        {{/steps}}
        </ol>
        </section>
        {{/isComplete}}
        <section class="card" aria-labelledby="days">
        <h2 id="days">Sign-ins of the last two weeks</h2>
        {{#chart}}
        <p class="summary">{{summary}}</p>
        {{^isEmpty}}
        <p class="legend" aria-hidden="true"><span class="key key-done"></span> Signed in \
        <span class="key key-refused"></span> Refused</p>
        <svg class="chart" viewBox="0 0 {{width}} {{viewHeight}}" role="img" aria-label="{{summary}} The table below has \
        each day.">
        <line class="grid" x1="{{left}}" x2="{{right}}" y1="{{top}}" y2="{{top}}"/>
        <text class="axis" x="36" y="17" text-anchor="end">{{most}}</text>
        <line class="base" x1="{{left}}" x2="{{right}}" y1="{{baseline}}" y2="{{baseline}}"/>
        <text class="axis" x="36" y="{{baseline}}" text-anchor="end">0</text>
        {{#days}}
        <rect class="bar-done" x="{{x}}" y="{{doneY}}" width="{{barWidth}}" height="{{doneHeight}}"/>
        <rect class="bar-refused" x="{{x}}" y="{{refusedY}}" width="{{barWidth}}" height="{{refusedHeight}}"/>
        {{#isLabelled}}<text class="axis" x="{{middle}}" y="{{labelY}}" text-anchor="middle">{{label}}</text>{{/isLabelled}}
        {{/days}}
        </svg>
        <details><summary>In numbers</summary>
        <table><thead><tr><th scope="col">Day</th><th scope="col">Signed in</th><th scope="col">Refused</th></tr></thead>
        <tbody>
        {{#days}}<tr><th scope="row">{{label}}</th><td>{{done}}</td><td>{{refused}}</td></tr>
        {{/days}}
        </tbody></table></details>
        {{/isEmpty}}
        {{/chart}}
        </section>
        {{/content}}{{/layout}}
        """
}
