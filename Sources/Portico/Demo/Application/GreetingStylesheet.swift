/// The stylesheet of the sample application, in the colors of Portico's pages, light and dark.
enum GreetingStylesheet {
    static let text = """
        :root {
          color-scheme: light dark;
          --paper: #fbfaf6; --card: #ffffff; --ink: #19211f; --soft: #53605b; --line: #dcd9cf; --edge: #7a8782;
          --accent: #1d5a4f; --tint: #e4efea; --bar: #132b28; --on-bar: #f4f1e6; --door: #f3d793;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --paper: #111715; --card: #18201d; --ink: #e9edea; --soft: #a5b1ac; --line: #2a3330; --edge: #74827c;
            --accent: #8dd0bc; --tint: #17352e; --bar: #0a1412; --on-bar: #e9edea; --door: #d2ac62;
          }
        }
        *, *::before, *::after { box-sizing: border-box; }
        body {
          margin: 0; min-height: 100vh; background: var(--paper); color: var(--ink); display: flex;
          flex-direction: column;
          font: 400 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans",
            "Liberation Sans", Arial, sans-serif;
          -webkit-font-smoothing: antialiased;
        }
        .bar {
          display: flex; align-items: center; gap: 1rem; padding: .875rem 1.25rem; background: var(--bar);
          color: var(--on-bar); border-bottom: 3px solid var(--door);
        }
        .bar .name { font-weight: 650; letter-spacing: -.01em; margin-right: auto; }
        .button {
          padding: .375rem .875rem; border: 1.5px solid currentColor; border-radius: .5rem; color: inherit;
          text-decoration: none; font-weight: 560; font-size: .9375rem;
        }
        .button:hover { background: var(--on-bar); color: var(--bar); border-color: var(--on-bar); }
        main { width: 100%; max-width: 54rem; margin: 0 auto; padding: 2.5rem 1.25rem 1.5rem; flex: 1; }
        h1 { margin: 0 0 .5rem; font-size: clamp(1.875rem, 1.5rem + 1.8vw, 2.625rem); line-height: 1.12;
          font-weight: 680; letter-spacing: -.024em; overflow-wrap: anywhere; }
        h2 { margin: 2.5rem 0 .25rem; font-size: 1.25rem; letter-spacing: -.01em; }
        p { margin: 0 0 1rem; overflow-wrap: anywhere; text-wrap: pretty; }
        .lead { color: var(--soft); font-size: 1.125rem; }
        .lead strong { color: var(--ink); }
        .lead .role { background: var(--tint); color: var(--accent); border-radius: .375rem; padding: .1em .45em;
          letter-spacing: .02em; font-size: .9375em; }
        .note { color: var(--soft); font-size: .9375rem; }
        code { font: 500 .9375em/1.4 ui-monospace, "SF Mono", SFMono-Regular, Menlo, Consolas, "Liberation Mono",
          monospace; overflow-wrap: anywhere; }
        .headers { margin: 0; border: 1px solid var(--line); border-radius: .75rem; background: var(--card);
          overflow: hidden; }
        .headers div { padding: .75rem 1rem; }
        .headers div + div { border-top: 1px solid var(--line); }
        .headers dt code { color: var(--accent); font-size: .875rem; }
        .meaning { display: block; color: var(--soft); font-size: .875rem; line-height: 1.4; }
        .headers dd { margin: .125rem 0 0; font: 500 .9375rem/1.45 ui-monospace, "SF Mono", SFMono-Regular, Menlo,
          Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
        .headers dd:empty::before { content: "none"; color: var(--soft); font-family: system-ui, sans-serif; }
        details { margin: 2rem 0 0; }
        summary { cursor: pointer; color: var(--soft); margin-bottom: .75rem; }
        footer { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; width: 100%; max-width: 54rem; margin: 0 auto;
          padding: 1.25rem; border-top: 1px solid var(--line); font-size: .9375rem; }
        a { color: var(--accent); text-underline-offset: .18em; }
        a:focus-visible, summary:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px;
          border-radius: .25rem; }
        .bar a:focus-visible { outline-color: var(--door); }
        @media (min-width: 44rem) {
          .headers div { display: grid; grid-template-columns: minmax(17rem, 2fr) 3fr; gap: 1.25rem; }
          .headers dd { margin: 0; }
        }

        """
}
