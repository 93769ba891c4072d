// Copies the command beside the button; where the clipboard is refused, the command
// is selected instead.
document.addEventListener("click", async (event) => {
  const button = event.target.closest(".copy");
  if (!button) return;
  const command = button.previousElementSibling;
  let done = false;
  try { await navigator.clipboard.writeText(command.textContent); done = true; } catch {
    const range = document.createRange();
    range.selectNodeContents(command);
    const selection = getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    done = document.execCommand("copy");
  }
  button.textContent = done ? "Copied" : "Selected";
  button.setAttribute("aria-live", "polite");
  setTimeout(() => { button.textContent = "Copy command"; }, 2000);
});
