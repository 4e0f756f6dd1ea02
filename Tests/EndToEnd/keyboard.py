"""Uses pages with Tab, Shift, Enter, Space and letters alone, and looks whether every focus can be seen."""

# Where the focus is, and what could keep a person from seeing it.
FOCUS = """
wanted => {
  const element = document.activeElement;
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  // Of a tall field a browser shows the part where the letters come.
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  const inside = right > left && bottom - top >= Math.min(box.height, 16);
  const above = inside ? document.elementFromPoint((left + right) / 2, (top + bottom) / 2) : null;
  return {
    isWanted: element === wanted,
    html: element.outerHTML.slice(0, 200),
    isOutlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    isInside: inside,
    isUncovered: above !== null && (element.contains(above) || above.contains(element)),
  };
}
"""


class Keyboard:
    """The keyboard of a person who has no mouse."""

    def __init__(self, page):
        self.page = page

    def reach(self, target, key="Tab"):
        """Presses Tab until the target has the focus; each focus on the way can be seen."""
        target.wait_for()
        wanted = target.element_handle()
        for _ in range(150):
            self.page.keyboard.press(key)
            focus = self.page.evaluate(FOCUS, wanted)
            if focus["html"].startswith("<body"):
                continue
            assert focus["isOutlined"] and focus["isInside"] and focus["isUncovered"], focus
            if focus["isWanted"]:
                return self
        raise AssertionError(f"Tab does not lead to {target}")

    def press(self, key):
        self.page.keyboard.press(key)
        return self

    def type(self, text):
        """Types in the place of what a field holds."""
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        return self

    def choose(self, label):
        """Chooses in a list by typing how the choice begins."""
        self.page.keyboard.type(label)
        return self
