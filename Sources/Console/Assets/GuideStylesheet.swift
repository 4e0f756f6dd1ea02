/// The part of the stylesheet that the guides and the links to them use.
enum GuideStylesheet {
    static let text = """
        .guides ul, .guide-list, .plain-list { list-style: none; margin: 0; padding: 0; }
        .guides ul { display: flex; flex-wrap: wrap; gap: .5rem; margin-bottom: 1.5rem; }
        .guides a { display: block; padding: .375rem .875rem; border: 1px solid var(--line); border-radius: 1.25rem;
          background: var(--card); text-decoration: none; font-size: .9375rem; font-weight: 560; }
        .guides a[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
        .guide-list { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0 0 .75rem; font-size: .9375rem; }
        .steps .guide-list li { display: block; padding: 0; border: 0; }
        .guide { list-style: none; margin: 0; padding: 0; }
        .guide p { max-width: 44rem; overflow-wrap: anywhere; }
        .traps { margin: 0; padding-left: 1.25rem; }
        .traps li { margin-bottom: .375rem; overflow-wrap: anywhere; }
        .guide-table code:empty { display: none; }
        .guide .field label { font-weight: 620; }
        .board .guide textarea { background: var(--code-paper); border-color: var(--line); flex: 1 1 16rem; min-width: 0;
          overflow-x: auto; white-space: pre; resize: none; }
        .guide-table { margin-bottom: 1rem; }
        .guide-table code { overflow-wrap: anywhere; }
        .places { margin: 0; }
        .places div { padding: .5rem 0; border-top: 1px solid var(--line); }
        .places div:first-child { border-top: 0; }
        .places dt { font-weight: 620; }
        .places dd { margin: 0; color: var(--soft); overflow-wrap: anywhere; }
        @media (min-width: 48rem) {
          .places div { display: grid; grid-template-columns: 14rem minmax(0, 1fr); gap: 1rem; }
        }
        .plain-list { display: flex; flex-wrap: wrap; gap: .5rem; }
        .notice.plain { background: var(--card); color: var(--ink); border-color: var(--line); }
        .fill-in { margin: -.5rem 0 1.25rem; }

        """
}
