import type { ReactNode } from "react";
import "./kbd.css";

/** "Ctrl+Shift+K" as people read it: "Ctrl Shift K"; arrows and Enter get their signs. */
export function keyWords(shortcut: string): string {
  const words: Readonly<Record<string, string>> = {
    $mod: "Ctrl",
    Control: "Ctrl",
    Enter: "↵",
    ArrowLeft: "←",
    ArrowRight: "→",
    ArrowUp: "↑",
    ArrowDown: "↓",
    Escape: "Esc",
  };
  return shortcut
    .split("+")
    .map((key) => words[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(" ");
}

/** A key or a chord, as a small drawn key. */
export function Kbd({ keys }: { readonly keys: string }): ReactNode {
  return <kbd className="kbd">{keyWords(keys)}</kbd>;
}
