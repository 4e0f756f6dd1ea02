/// The stylesheet of the settings, on top of the one that every page has: its colors, fields and buttons.
enum ConsoleStylesheet {
    static let text = Self.frame + Self.parts + Self.forms + Self.data + PeopleStylesheet.text + GuideStylesheet.text

    private static let frame = """
        :root {
          --good: #1d5a4f; --good-paper: #e9f3ee; --good-line: #b9d8cb; --warn: #734800; --warn-paper: #fdf4dc;
          --warn-line: #ead39a; --side: #173530; --side-ink: #eef4f1; --side-soft: #a9c3ba; --side-lit: #24504a;
          --card: #ffffff; --refused: #c0504a;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --good: #93d3c0; --good-paper: #14261f; --good-line: #2c5245; --warn: #f0d28c; --warn-paper: #2a2213;
            --warn-line: #5d4a1f; --side: #0b1614; --side-soft: #9db5ad; --side-lit: #1b3831; --card: #161e1b;
            --refused: #e08a82;
          }
        }
        .skip { position: absolute; left: -100vw; top: 0; z-index: 2; padding: .75rem 1rem; background: var(--card);
          color: var(--ink); border-radius: 0 0 .5rem 0; }
        .skip:focus { left: 0; }
        .aloud { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
          white-space: nowrap; }
        .shell { display: grid; grid-template-columns: minmax(0, 1fr); min-height: 100vh; min-height: 100dvh; }
        .side { background: var(--side); color: var(--side-ink); padding: 1rem 1.25rem; display: flex;
          flex-direction: column; gap: .75rem; min-width: 0; }
        .side p { margin: 0; }
        .side a { color: inherit; }
        .side :focus-visible { outline-color: var(--door-low); }
        .side-brand { display: flex; align-items: center; gap: .625rem; font-weight: 650; }
        .side-brand svg { width: 1.5rem; height: 1.5rem; fill: var(--door-low); flex: none; }
        .side-workspace { line-height: 1.35; min-width: 0; overflow-wrap: anywhere; }
        .side-workspace strong { display: block; font-weight: 640; }
        .side-workspace span { color: var(--side-soft); font-size: .9375rem; }
        .side-nav ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .25rem;
          grid-template-columns: repeat(auto-fill, minmax(9.75rem, 1fr)); }
        .side-nav a { display: flex; align-items: center; gap: .625rem; padding: .5rem .625rem; border-radius: .5rem;
          text-decoration: none; font-weight: 540; color: var(--side-ink); }
        .side-nav a:hover { background: var(--side-lit); color: var(--side-ink); }
        .side-nav a[aria-current] { background: var(--side-lit); box-shadow: inset 3px 0 var(--door-low); }
        .side-nav svg { width: 1.25rem; height: 1.25rem; fill: var(--side-soft); flex: none; }
        .side-nav a[aria-current] svg { fill: var(--door-low); }
        .side-person { font-size: .9375rem; color: var(--side-soft); display: flex; flex-wrap: wrap;
          gap: .25rem 1rem; align-items: baseline; }
        .side-person strong { color: var(--side-ink); font-weight: 560; overflow-wrap: anywhere; }
        .side-person p:first-child { width: 100%; }
        .side-person span { display: block; }
        .side-person a { color: var(--side-ink); }
        .side-leave { background: none; border: 1.5px solid var(--side-soft); border-radius: .5rem; font: inherit;
          color: var(--side-ink); padding: .375rem .75rem; cursor: pointer; }
        .side-leave:hover { border-color: var(--side-ink); }
        .board { padding: 1.5rem 1.25rem 3rem; min-width: 0; max-width: 66rem; width: 100%; }
        .board:focus { outline: none; }
        .announcement { position: fixed; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; }
        @media (min-width: 62rem) {
          .shell { grid-template-columns: 16.5rem minmax(0, 1fr);
            background: linear-gradient(to right, var(--side) 16.5rem, transparent 0); }
          .side { padding: 1.75rem 1rem 1.5rem; gap: 1.5rem; position: sticky; top: 0; height: 100vh; height: 100dvh;
            overflow-y: auto; }
          .side-brand, .side-workspace, .side-person { padding: 0 .75rem; }
          .side-nav ul { grid-template-columns: minmax(0, 1fr); }
          .side-nav a { padding: .5rem .75rem; }
          .side-person { margin-top: auto; flex-direction: column; gap: .375rem; align-items: flex-start; }
          .board { padding: 2.5rem 3rem 4rem; margin: 0 auto; }
        }

        """

    private static let parts = """
        .heading { display: flex; align-items: center; flex-wrap: wrap; gap: .5rem 1rem; margin-bottom: .5rem; }
        .heading h1 { margin: 0; font-size: clamp(1.625rem, 1.4rem + .9vw, 2rem); }
        .heading .badge { margin: 0; }
        .board .lead { max-width: 44rem; margin-bottom: 1.5rem; }
        .board h2 { font-size: 1.1875rem; line-height: 1.3; font-weight: 660; letter-spacing: -.01em; margin: 0 0 .5rem; }
        .board h3 { font-size: 1.0625rem; line-height: 1.35; font-weight: 640; margin: 1.25rem 0 .5rem; }
        .card { background: var(--card); border: 1px solid var(--line); border-radius: .875rem; padding: 1.25rem;
          margin-bottom: 1.25rem; min-width: 0; }
        .badge { display: inline-block; padding: .125rem .625rem; border-radius: 1rem; font-size: .875rem;
          font-weight: 620; line-height: 1.5; background: var(--code-paper); color: var(--ink);
          border: 1px solid var(--line); white-space: nowrap; }
        .badge.good { background: var(--good-paper); color: var(--good); border-color: var(--good-line); }
        .badge.warn { background: var(--warn-paper); color: var(--warn); border-color: var(--warn-line); }
        .badge.bad { background: var(--bad-paper); color: var(--bad); border-color: var(--bad-line); }
        .notice { display: flex; gap: .75rem; padding: 1rem 1.125rem; border-radius: .75rem; border: 1px solid;
          margin: 0 0 1.25rem; }
        .notice > svg { width: 1.375rem; height: 1.375rem; flex: none; margin-top: .125rem; fill: currentColor; }
        .notice > div { min-width: 0; flex: 1; overflow-wrap: anywhere; }
        .notice > div > p + form { margin-top: .75rem; }
        .notice p { margin: 0; }
        .notice p + p { margin-top: .5rem; }
        .board .notice .field { margin: .75rem 0 0; }
        .notice ul { margin: .5rem 0 0; padding-left: 1.25rem; }
        .notice a { color: inherit; font-weight: 600; }
        .notice.good { background: var(--good-paper); color: var(--good); border-color: var(--good-line); }
        .notice.warn { background: var(--warn-paper); color: var(--warn); border-color: var(--warn-line); }
        .notice.bad { background: var(--bad-paper); color: var(--bad); border-color: var(--bad-line); }
        .part { margin-bottom: 1.25rem; }
        .part-side p { color: var(--soft); font-size: .9375rem; line-height: 1.5; margin: 0 0 .75rem; }
        .part-body { margin: 0; }
        .board .card > :last-child { margin-bottom: 0; }
        .step { display: inline-grid; place-items: center; width: 1.625rem; height: 1.625rem; border-radius: 50%;
          background: var(--accent); color: var(--on-accent); font-size: .875rem; margin-right: .375rem; }
        @media (min-width: 62rem) {
          .card { padding: 1.5rem; }
          .part { display: grid; grid-template-columns: 15rem minmax(0, 1fr); gap: 2rem; margin-bottom: 2rem; }
          .part-side { padding-top: 1.25rem; }
        }
        .switch { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center; justify-content: space-between;
          border-color: var(--warn-line); background: var(--warn-paper); margin-bottom: 1.75rem; }
        .switch.plainly { border-color: var(--line); background: var(--card); }
        .switch > div { flex: 1 1 18rem; }
        .switch p { margin: 0; }
        .switch .removal { margin-bottom: .75rem; }
        .tiles { list-style: none; margin: 0 0 1.25rem; padding: 0; display: grid; gap: 1rem;
          grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); }
        .board .tile { margin: 0; padding: 1rem; border-top: 4px solid var(--line); }
        .tile.good { border-top-color: var(--accent); } .tile.warn { border-top-color: #d69a1f; }
        .tile.bad { border-top-color: var(--bad); }
        .board .tile h2 { font-size: .9375rem; font-weight: 560; letter-spacing: 0; color: var(--soft); margin: 0; }
        .tile-value { font-size: 1.125rem; font-weight: 660; letter-spacing: -.015em; line-height: 1.3; margin: .25rem 0; }
        .tile-value.long { font-size: .9375rem; letter-spacing: -.01em; }
        .tile-detail { color: var(--soft); font-size: .9375rem; line-height: 1.45; margin: 0; }
        .steps { list-style: none; margin: 0; padding: 0; }
        .steps li { display: flex; gap: .875rem; padding: .875rem 0; border-top: 1px solid var(--line); }
        .steps li:first-child { border-top: 0; }
        .board .steps h3 { margin: 0; }
        .steps p { margin: .125rem 0 0; color: var(--soft); }
        .steps .done h3 { color: var(--soft); font-weight: 540; }
        .tick { flex: none; width: 1.625rem; height: 1.625rem; border-radius: 50%; border: 2px solid var(--edge);
          display: grid; place-items: center; }
        .done .tick { background: var(--accent); border-color: var(--accent); }
        .tick svg { width: 1rem; height: 1rem; fill: var(--on-accent); }
        .onward { display: inline-flex; align-items: center; gap: .375rem; font-weight: 620; }
        .onward svg { width: 1.125rem; height: 1.125rem; fill: currentColor; }

        """

    private static let forms = """
        .board .button { display: inline-flex; width: auto; min-height: 2.75rem; padding: .5rem 1.25rem; }
        .board .field { margin-bottom: 1.25rem; }
        .board .field label { margin-bottom: .25rem; }
        .board .field input[type=text], .board .field input[type=password], .board .field textarea, .board .field select {
          display: block; width: 100%; min-height: 2.75rem; padding: .5rem .75rem; border-radius: .5rem; font: inherit;
          font-size: 1rem; border: 1.5px solid var(--edge); background: var(--field); color: var(--ink); }
        .board .field textarea { font: 400 .875rem/1.5 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono",
          monospace; resize: vertical; }
        .board .field input[type=file] { display: block; min-height: 0; padding: .5rem 0; border: 0; font-size: 1rem;
          background: none; }
        .board .field input[readonly] { background: var(--code-paper); border-color: var(--line);
          font: 500 .9375rem/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; }
        .board .field [aria-invalid="true"] { border-color: var(--bad); border-width: 2px; }
        .board .help { margin: .375rem 0 0; font-size: .9375rem; }
        .board .help.after { margin: -.5rem 0 1.25rem; }
        .board .problem { margin: .5rem 0 0; }
        .board .problem + .button { margin-top: 1rem; }
        .board textarea:focus-visible, .board select:focus-visible, .board summary:focus-visible,
        .board .scroll:focus-visible { outline: 3px solid var(--ring); outline-offset: 2px; }
        .board .check { display: grid; grid-template-columns: auto 1fr; column-gap: .75rem; align-items: start; }
        .board .check input { width: 1.25rem; height: 1.25rem; min-height: 0; margin: .2rem 0 0; accent-color: var(--accent); }
        .board .check label { margin: 0; font-weight: 540; }
        .board .check .help, .board .check .problem { grid-column: 2; }
        .copy-row { display: flex; flex-wrap: wrap; gap: .5rem; }
        .copy-row input { flex: 1 1 16rem; min-width: 0; text-overflow: ellipsis; }
        .copy { flex: none; display: inline-grid; align-items: center; min-height: 2.75rem; padding: 0 .875rem;
          border: 1.5px solid var(--edge); border-radius: .5rem; background: transparent; color: var(--accent); font: inherit;
          font-weight: 600; cursor: pointer; }
        .copy[hidden] { display: none; }
        .copy:hover { border-color: var(--accent); }
        .copy > span { grid-area: 1 / 1; display: inline-flex; align-items: center; gap: .375rem; }
        .copy svg { width: 1.125rem; height: 1.125rem; fill: currentColor; }
        .copy-done { visibility: hidden; }
        .copy.done .copy-done { visibility: visible; } .copy.done .copy-idle { visibility: hidden; }
        details { margin: 0 0 1.25rem; }
        summary { cursor: pointer; font-weight: 600; color: var(--accent); padding: .25rem 0; border-radius: .25rem; }
        details[open] > summary { margin-bottom: .75rem; }
        .pair { display: grid; gap: 0 1rem; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); }
        .note { color: var(--soft); font-size: .9375rem; line-height: 1.5; }
        .plain { margin: 0 0 1rem; }
        .plain dt { font-weight: 620; margin-bottom: .25rem; }
        .plain dd { margin: 0; }
        .certificate { border: 1px solid var(--line); border-radius: .625rem; padding: .875rem 1rem; margin: 0 0 1rem; }
        .certificate p { margin: 0 0 .375rem; }
        .certificate.removed { border-color: var(--bad-line); background: var(--bad-paper); }
        .certificate-name span, .certificate-time, .fingerprint { color: var(--soft); font-size: .9375rem; }
        .certificate-name strong { overflow-wrap: anywhere; }
        .fingerprint code { font-size: .8125rem; }
        .removal { display: flex; gap: .625rem; align-items: flex-start; }
        .certificate .removal { margin: .625rem 0 0; }
        .removal input { width: 1.125rem; height: 1.125rem; margin: .25rem 0 0; accent-color: var(--accent); flex: none; }
        .removal label { font-weight: 500; margin: 0; font-size: .9375rem; }
        .save { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: center;
          justify-content: flex-end; padding: 1.25rem 0 0; border-top: 1px solid var(--line); }
        .save p { margin: 0; color: var(--soft); font-size: .9375rem; }
        @media (max-width: 40rem) { .save .button { width: 100%; } }

        """

    private static let data = """
        .scroll { overflow-x: auto; border-radius: .375rem; }
        .board table { border-collapse: collapse; width: 100%; font-size: .9375rem; line-height: 1.45; }
        .board th, .board td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0;
          border-top: 1px solid var(--line); }
        .board thead th { border-top: 0; font-weight: 620; color: var(--soft); }
        .board tbody th { font-weight: 560; }
        .differences { margin-top: .75rem; color: var(--ink); min-width: 30rem; table-layout: fixed; }
        .differences th, .differences td { overflow-wrap: anywhere; }
        @media (max-width: 40rem) { .board .differences { min-width: 23rem; font-size: .875rem; } }
        .summary { color: var(--soft); }
        .legend { display: flex; align-items: center; gap: .5rem; font-size: .9375rem; margin: 0 0 .5rem; }
        .key { width: .875rem; height: .875rem; border-radius: .2rem; }
        .key + .key, .key-refused { margin-left: .75rem; }
        .key-done { background: var(--accent); } .key-refused { background: var(--refused); }
        .chart { display: block; width: 100%; height: auto; margin-bottom: 1rem; overflow: visible; }
        .chart .grid { stroke: var(--line); } .chart .base { stroke: var(--edge); }
        .chart .axis { fill: var(--soft); font-size: 13px; }
        .bar-done { fill: var(--accent); } .bar-refused { fill: var(--refused); }
        @media (max-width: 40rem) { .chart .axis { font-size: 24px; } }
        .find { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; }
        .board .find .field { margin: 0; flex: 1 1 16rem; }
        .quiet.card { color: var(--soft); }
        .row { display: flex; flex-wrap: wrap; gap: .75rem 1.25rem; align-items: center; }
        .files { margin-left: auto; color: var(--soft); }
        .log { list-style: none; margin: 0 0 1.25rem; padding: 0; }
        .log .card { padding: .875rem 1.125rem; margin-bottom: .625rem; }
        .log-head { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: center; }
        .board .log-head + h2 { margin-top: .75rem; }
        .log-time { color: var(--soft); font-size: .9375rem; }
        .log p { margin: .375rem 0 0; }
        .log .row { margin-top: .75rem; }
        form.row + .card { margin-top: 1.25rem; }
        .address { overflow-wrap: anywhere; min-width: 0; }
        .log-remedy { color: var(--soft); font-size: .9375rem; }
        .log details { margin: .375rem 0 0; }
        .facts-list { margin: 0; font-size: .9375rem; }
        .facts-list div { display: grid; grid-template-columns: 7rem minmax(0, 1fr); gap: .75rem; padding: .25rem 0; }
        @media (min-width: 48rem) { .facts-list div { grid-template-columns: 12rem minmax(0, 1fr); } }
        .facts-list dt { color: var(--soft); overflow-wrap: anywhere; }
        .facts-list dd { margin: 0; overflow-wrap: anywhere; }
        .words { margin: 0 0 .75rem; padding: .5rem .875rem; border-left: 4px solid var(--line);
          background: var(--code-paper); overflow-wrap: anywhere; }
        .failure .facts-list { margin-top: .375rem; }
        @media (max-width: 47.99rem) { .failure .facts-list div { grid-template-columns: 1fr; gap: 0; } }
        .log-head ~ .failure { margin: .75rem 0; }
        .checks { list-style: none; margin: 0; padding: 0; }
        .checks li { display: flex; gap: .75rem; padding: .625rem 0; border-top: 1px solid var(--line); }
        .checks li > div { min-width: 0; flex: 1; }
        .checks .passed .tick { background: var(--accent); border-color: var(--accent); }
        .checks .failed .tick { background: var(--bad); border-color: var(--bad); }
        .checks .failed .tick svg { fill: var(--paper); }
        .check-title { font-weight: 560; margin: 0; }
        .check-title::first-letter { text-transform: uppercase; }
        .check-reason { margin: 0; color: var(--soft); font-size: .9375rem; }
        .checks dl { margin: .125rem 0 0; font-size: .9375rem; }
        .checks dl div { display: grid; grid-template-columns: 4.5rem minmax(0, 1fr); gap: .75rem; }
        .checks dt { color: var(--soft); }
        .checks dd { margin: 0; overflow-wrap: anywhere; }
        @media (forced-colors: active) { .card, .side { border: 1px solid; } }
        @media print { .side, .save { display: none; } .shell { display: block; } }

        """
}
