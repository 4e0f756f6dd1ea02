import Workspaces

/// What to do at one identity provider, step by step: everything of a guide that is not the same in all of them.
///
/// It is data for one template. Its texts are plain; the template escapes them, and names of buttons and fields stand in
/// quotation marks as the provider writes them.
struct ProviderGuide {
    /// One of our values, and the provider's field that it goes into.
    struct Placed {
        let field: String
        let value: String
    }

    /// A table of what is typed there, column by column.
    struct Table {
        let caption: String
        let columns: [String]
        let rows: [[String]]
    }

    /// A text to paste as it is.
    struct Snippet {
        let label: String
        let text: String

        /// The lines of the field that shows it.
        var lineCount: Int { self.text.split(separator: "\n", omittingEmptySubsequences: false).count }
    }

    /// Something to do at the provider.
    struct Step {
        let title: String
        let words: [String]
        var placed: [Placed] = []
        var table: Table?
        var snippets: [Snippet] = []
    }

    /// Where the provider shows what Portico has to know of it.
    struct Origin {
        /// The address of its metadata, or the file; `nil` where it has none.
        let metadata: String?
        let signInURL: String
        let issuer: String
        let certificate: String
    }

    /// What is done there, in its order.
    let steps: [Step]
    /// Where its own values stand.
    let origin: Origin
    /// The names that it sends unless told otherwise; `nil` where it has none of its own.
    let preset: AttributePreset?
    /// What often goes wrong, and what to do about it.
    let traps: [String]
}
