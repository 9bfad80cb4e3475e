const keyNames: Readonly<Record<string, string>> = {
  CmdOrCtrl: "$mod",
  Left: "ArrowLeft",
  Right: "ArrowRight",
  Up: "ArrowUp",
  Down: "ArrowDown",
  Esc: "Escape",
};

/** An Electron accelerator ("CmdOrCtrl+Shift+N", "Alt+Left") as tinykeys writes it ("$mod+Shift+N", "Alt+ArrowLeft"). */
export function toKeybinding(accelerator: string): string {
  return accelerator
    .split("+")
    .map((key) => keyNames[key] ?? key)
    .join("+");
}

/** The same as people read it: "Ctrl+Shift+N". */
export function toKeyWords(accelerator: string): string {
  return accelerator.replace("CmdOrCtrl", "Ctrl").replace("Left", "ArrowLeft").replace("Right", "ArrowRight");
}
