/** What takes letters for itself: fields, and lists that are searched by typing, closed ones too. */
const takers =
  "input, textarea, [role=listbox], [role=menu], [role=dialog], [role=alertdialog], button[aria-haspopup=listbox]";

/** Whether a letter is the screen's to take: pressed alone, and not into something that takes letters itself. */
export function isOwnLetter(event: React.KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  return !(event.target instanceof Element && event.target.closest(takers) !== null);
}
