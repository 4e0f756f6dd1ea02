import GatewayHTTP

/// The page of seats.
enum SeatsTemplate {
    static let text = """
        {{<layout}}{{$title}}Seats{{/title}}{{$content}}
        <header class="heading"><h1>Seats</h1></header>
        <p class="lead">Every active member takes a seat. Who is invited, waits for a role or is deactivated takes none.</p>
        {{#isFull}}<div class="notice warn" role="status">\(Icons.warning)<div><p><strong>Every seat is taken.</strong> Nobody new \
        gets in until one is free; everybody who is active can still sign in.{{#isOver}} There are more members than seats: \
        nobody is put out for that.{{/isOver}}</p>\
        <p>Deactivate somebody on the <a href="{{membersPath}}">members page</a>, or ask whoever runs Portico for more \
        seats.</p></div></div>{{/isFull}}
        <ul class="tiles">
        <li class="card tile{{#isFull}} bad{{/isFull}}"><h2>Taken</h2><p class="tile-value">{{used}}</p></li>
        <li class="card tile"><h2>Limit</h2><p class="tile-value">{{limit}}</p></li>
        <li class="card tile"><h2>Free</h2><p class="tile-value">{{free}}</p></li>
        </ul>
        <section class="card" aria-labelledby="taken"><h2 id="taken">Who took a seat last</h2>
        {{^hasTaken}}<p class="soft">Nobody, as far as the audit log goes back.</p>{{/hasTaken}}
        {{#hasTaken}}<ul class="people">{{#taken}}<li><p><a href="{{findPath}}">{{about}}</a></p><p class="soft">{{time}}</p></li>\
        {{/taken}}</ul>{{/hasTaken}}
        </section>
        <section class="card" aria-labelledby="refused"><h2 id="refused">Who found none</h2>
        {{^hasRefused}}<p class="soft">Nobody was refused for want of a seat.</p>{{/hasRefused}}
        {{#hasRefused}}<p>These people were refused with <code>seat_limit</code>. Once a seat is free, they only have to sign in \
        again.</p>
        <ul class="people">{{#refused}}<li><p><a href="{{findPath}}">{{about}}</a></p><p class="soft">{{time}}</p></li>\
        {{/refused}}</ul>{{/hasRefused}}
        </section>
        {{/content}}{{/layout}}
        """
}
