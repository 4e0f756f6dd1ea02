/// The script of the settings: conveniences alone, since everything works without it.
enum ConsoleScript {
    static let text = """
        "use strict";
        (() => {
          const say = (text) => {
            const status = document.getElementById("announcement");
            if (status) { status.textContent = text; }
          };
          // Only what a script can do is shown by one.
          for (const element of document.querySelectorAll("[data-script]")) { element.hidden = false; }
          for (const element of document.querySelectorAll("[data-no-script]")) { element.hidden = true; }

          for (const button of document.querySelectorAll("button[data-copy]")) {
            button.addEventListener("click", async () => {
              const field = document.getElementById(button.dataset.copy);
              field.focus();
              field.select();
              try {
                await navigator.clipboard.writeText(field.value);
              } catch {
                document.execCommand("copy");
              }
              button.classList.add("done");
              say(button.dataset.done);
              window.setTimeout(() => button.classList.remove("done"), 2000);
            });
          }
          for (const field of document.querySelectorAll("input[readonly], textarea[readonly]")) {
            field.addEventListener("focus", () => field.select());
          }

          const presets = document.querySelector("select[data-presets]");
          if (presets) {
            const inputs = [...document.querySelectorAll("input[data-attribute]")];
            presets.addEventListener("change", () => {
              const names = presets.selectedOptions[0].dataset;
              for (const input of inputs) {
                const name = names[input.dataset.attribute];
                if (name) { input.value = name; }
              }
            });
            for (const input of inputs) {
              input.addEventListener("input", () => { presets.value = "custom"; });
            }
          }
        })();

        """
}
