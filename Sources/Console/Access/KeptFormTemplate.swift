/// The button that gives up what was kept of a form, for a page whose value has its own path as `path`.
///
/// A link would do it as well, and lose the form to whatever looks ahead at links.
enum KeptFormTemplate {
    /// The form of the button.
    static func giveUp(_ label: String) -> String {
        """
        <form method="post" action="{{frame.forgetPath}}"><input type="hidden" name="csrf" value="{{frame.csrf}}">\
        <input type="hidden" name="page" value="{{path}}"><button class="button quiet" type="submit">\(label)</button></form>
        """
    }
}
