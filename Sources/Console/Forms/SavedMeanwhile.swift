import Workspaces

/// Somebody else saved what a form is about after its page was made, so that nothing of the form was saved.
struct SavedMeanwhile: Error {
    /// The workspace as it is now.
    let current: ConfiguredWorkspace
}
