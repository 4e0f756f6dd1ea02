/// The part of the settings' stylesheet for the pages about people, groups and domains.
enum PeopleStylesheet {
    static let text = """
        .people { list-style: none; margin: 0 0 1.25rem; padding: 0; }
        .board .people.card { padding: 0 1.25rem; }
        .people li { display: grid; gap: .25rem 1.25rem; padding: .875rem 0; border-top: 1px solid var(--line); }
        .people li:first-child { border-top: 0; }
        .people li > * { min-width: 0; overflow-wrap: anywhere; }
        .people p { margin: 0; }
        .people li > form { margin-top: .375rem; }
        .people a { font-weight: 620; }
        .soft { color: var(--soft); font-size: .9375rem; }
        .back { margin: 0 0 .5rem; }
        .board .button.danger { background: var(--bad); color: var(--paper); }
        .board .notice:not(.good, .warn, .bad) { border-color: var(--line); background: var(--code-paper); }
        .board .card > form + form, .board .card > form + details { margin-top: 1.25rem; padding-top: 1.25rem;
          border-top: 1px solid var(--line); }
        .log details + form { margin-top: .75rem; }
        .board .card.switch > form + form { margin: 0; padding: 0; border: 0; }
        .switch > form:has(+ form), .switch > form + form { align-self: flex-end; }
        .mapping-lines { list-style: none; margin: 0; padding: 0; }
        .mapping-lines li { display: grid; gap: 0 1rem; padding: .875rem 0; border-top: 1px solid var(--line); }
        .board .mapping-lines .field { margin-bottom: .5rem; min-width: 0; }
        .mapping-lines .field label { font-size: .9375rem; font-weight: 540; color: var(--soft); }
        .mapping-lines .removal { margin: .25rem 0; }
        .ahead { margin-top: 1.25rem; }
        .enrolment { margin: 1rem 0 0; padding-left: 1.25rem; }
        .enrolment > li { padding-left: .25rem; }
        .enrolment > li + li { margin-top: 1.25rem; }
        /* Cameras want dark on light, whatever the page's colors are. */
        .qr-code { display: block; width: 12rem; height: 12rem; margin: .75rem 0; border-radius: .5rem; }
        .qr-code rect { fill: #fff; } .qr-code path { fill: #000; shape-rendering: crispEdges; }
        @media (min-width: 62rem) {
          .mapping-lines li { grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); align-items: end; }
          /* Labels, fields and what is wrong with them stand in rows of their own, however long each is. */
          @supports (grid-template-rows: subgrid) {
            .mapping-lines li { align-items: stretch; grid-auto-rows: auto; }
            .mapping-lines .field, .mapping-lines .removal { display: grid; grid-row: span 3; grid-template-rows: subgrid; }
            .mapping-lines .field label { align-self: end; }
            .mapping-lines .field .problem { grid-row: 3; }
            .mapping-lines .removal { grid-template-columns: auto 1fr; }
            .mapping-lines .removal > * { grid-row: 2; align-self: center; margin: 0; }
          }
        }
        @media (min-width: 48rem) {
          /* The button stands beside the field, and not beside the help under it. */
          .find:has(.help) { align-items: start; }
          .find:has(.help) > .button { margin-top: 1.75rem; }
          .people li { grid-template-columns: minmax(0, 2fr) minmax(0, 1.2fr) minmax(0, 1.6fr); }
          .people li > form { margin-top: 0; }
          .people.sessions li { grid-template-columns: minmax(0, 1.2fr) minmax(0, 2fr) 14rem; }
        }

        """
}
