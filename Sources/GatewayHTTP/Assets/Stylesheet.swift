/// The only stylesheet: light and dark, from 320 pixels up, without a font or an image to load.
enum Stylesheet {
    static let text = """
        :root {
          color-scheme: light dark;
          --paper: #fbfaf6; --ink: #19211f; --soft: #53605b; --line: #dcd9cf; --edge: #7a8782; --field: #ffffff;
          --accent: #1d5a4f; --accent-strong: #143f38; --on-accent: #ffffff; --ring: #1d5a4f;
          --bad: #9c1c1f; --bad-paper: #fdf0ee; --bad-line: #e9b9b5; --code-paper: #f0ede4;
          --wall-0: #132b28; --wall-1: #193a35; --wall-2: #214b44; --wall-3: #2d6057; --wall-4: #437a6e;
          --wall-5: #74a193; --door-high: #fdf3d8; --door-low: #f3d793; --rib: #ffffff;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #111715; --ink: #e9edea; --soft: #a5b1ac; --line: #2a3330; --edge: #74827c; --field: #18201d;
            --accent: #8dd0bc; --accent-strong: #a9dfce; --on-accent: #0b1f1a; --ring: #8dd0bc;
            --bad: #ffb3aa; --bad-paper: #2b1715; --bad-line: #6b3530; --code-paper: #1d2522;
            --wall-0: #0a1412; --wall-1: #0e1d1a; --wall-2: #132824; --wall-3: #1a3630; --wall-4: #254a42;
            --wall-5: #3b6459; --door-high: #f3e2b4; --door-low: #d2ac62; --rib: #b9d6cc;
          }
        }
        *, *::before, *::after { box-sizing: border-box; }
        html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
        body {
          margin: 0; background: var(--paper); color: var(--ink);
          font: 400 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans",
            "Liberation Sans", Arial, sans-serif;
          -webkit-font-smoothing: antialiased; text-rendering: optimizeLegibility;
        }
        .frame { display: grid; min-height: 100vh; min-height: 100dvh; grid-template-rows: 7.5rem 1fr; }
        .portal { position: relative; overflow: hidden; background: var(--wall-0); }
        .portal svg { position: absolute; inset: 0; width: 100%; height: 100%; display: block; }
        .wall-0 { fill: var(--wall-0); } .wall-1 { fill: var(--wall-1); } .wall-2 { fill: var(--wall-2); }
        .wall-3 { fill: var(--wall-3); } .wall-4 { fill: var(--wall-4); } .wall-5 { fill: var(--wall-5); }
        .ribs path { fill: none; stroke: var(--rib); stroke-opacity: .13; stroke-width: 2; }
        .door-high { stop-color: var(--door-high); } .door-low { stop-color: var(--door-low); }
        .spill-near { stop-color: var(--door-low); stop-opacity: .55; }
        .spill-far { stop-color: var(--door-low); stop-opacity: 0; }

        .sheet { display: flex; flex-direction: column; padding: 1.75rem 1.25rem 1.5rem; min-width: 0; }
        .brand { display: flex; align-items: center; gap: .625rem; font-weight: 650; letter-spacing: -.01em; }
        .brand svg { width: 1.75rem; height: 1.75rem; flex: none; fill: var(--accent); }
        .site { margin-left: auto; color: var(--soft); font-weight: 400; font-size: .9375rem; letter-spacing: 0;
          min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
        .content { width: 100%; max-width: 27rem; margin: 2.25rem auto auto; }
        h1 { margin: 0 0 .625rem; font-size: clamp(1.75rem, 1.45rem + 1.4vw, 2.25rem); line-height: 1.15;
          font-weight: 680; letter-spacing: -.022em; text-wrap: balance; overflow-wrap: anywhere; }
        p { margin: 0 0 1rem; text-wrap: pretty; overflow-wrap: anywhere; }
        .lead { color: var(--soft); margin-bottom: 1.75rem; }
        .lead strong, .facts strong { color: var(--ink); font-weight: 620; }

        form { margin: 0; }
        label { display: block; font-weight: 620; margin-bottom: .375rem; }
        .field { margin-bottom: 1.375rem; }
        .field input {
          display: block; width: 100%; min-height: 3.125rem; padding: .625rem .875rem; border-radius: .625rem;
          border: 1.5px solid var(--edge); background: var(--field); color: var(--ink); font: inherit;
          font-size: 1.125rem;
        }
        .field input[aria-invalid="true"] { border-color: var(--bad); border-width: 2px; }
        .help { margin: .625rem 0 0; color: var(--soft); font-size: .9375rem; line-height: 1.45; }
        .problem { display: flex; gap: .5rem; margin: .75rem 0 0; color: var(--bad); font-size: .9375rem;
          line-height: 1.45; font-weight: 560; }
        .problem svg { width: 1.125rem; height: 1.125rem; flex: none; margin-top: .125rem; fill: currentColor; }

        .button {
          display: flex; align-items: center; justify-content: center; width: 100%; min-height: 3.125rem;
          padding: .625rem 1.25rem; border: 1.5px solid var(--accent); border-radius: .625rem;
          background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 620; text-decoration: none;
          text-align: center; cursor: pointer; transition: background-color .12s, border-color .12s;
        }
        .button:hover { background: var(--accent-strong); border-color: var(--accent-strong); }
        .button.quiet { background: transparent; color: var(--accent); border-color: var(--edge); }
        .button.quiet:hover { background: transparent; border-color: var(--accent); color: var(--accent-strong); }
        .actions { display: grid; gap: .75rem; }
        .aside { margin: 1.5rem 0 0; color: var(--soft); }
        a { color: var(--accent); text-underline-offset: .18em; text-decoration-thickness: .07em; }
        a:hover { color: var(--accent-strong); }
        a:focus-visible, button:focus-visible, input:focus-visible, h1:focus-visible {
          outline: 3px solid var(--ring); outline-offset: 2px;
        }
        a:focus-visible:not(.button) { border-radius: .25rem; }

        .assurance { display: flex; gap: .75rem; margin: 2.25rem 0 0; padding-top: 1.25rem;
          border-top: 1px solid var(--line); color: var(--soft); font-size: .9375rem; line-height: 1.5; }
        .assurance svg { width: 1.25rem; height: 1.25rem; flex: none; margin-top: .125rem; fill: var(--accent); }
        .facts { margin: 0 0 1.75rem; padding: 1rem 1.125rem; border: 1px solid var(--line); border-radius: .75rem;
          background: var(--field); }
        .facts div + div { margin-top: .75rem; padding-top: .75rem; border-top: 1px solid var(--line); }
        .facts dt { color: var(--soft); font-size: .875rem; line-height: 1.4; }
        .facts dd { margin: 0; font-weight: 560; overflow-wrap: anywhere; }
        code { font: 500 .9375rem/1.4 ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono",
          monospace; background: var(--code-paper); border-radius: .3rem; padding: .1em .4em; display: inline-block;
          max-width: 100%; overflow-wrap: anywhere; }
        .reference { margin: 2.25rem 0 0; padding-top: 1.25rem; border-top: 1px solid var(--line); color: var(--soft);
          font-size: .9375rem; }
        .reference dl { display: grid; grid-template-columns: auto 1fr; gap: .375rem 1rem; margin: .75rem 0 0; }
        .reference dt { padding-top: .05rem; }
        .reference dd { margin: 0; color: var(--ink); }
        .token { display: inline-grid; place-items: center; width: 3rem; height: 3rem; border-radius: 50%;
          margin-bottom: 1.25rem; background: var(--code-paper); }
        .token svg { width: 1.5rem; height: 1.5rem; fill: var(--accent); }
        .token.bad { background: var(--bad-paper); }
        .token.bad svg { fill: var(--bad); }

        @media (min-width: 48rem) {
          .frame { grid-template-rows: none; grid-template-columns: minmax(18rem, 5fr) minmax(28rem, 7fr); }
          .sheet { padding: 2.25rem 3rem 2rem; }
          .content { margin: auto; padding: 2.5rem 0 4.5rem; }
        }
        @media (forced-colors: active) {
          .portal { display: none; }
          .button { border-color: ButtonText; }
        }
        @media (prefers-reduced-motion: reduce) { .button { transition: none; } }
        @media print { .portal { display: none; } .frame { display: block; } }

        """
}
