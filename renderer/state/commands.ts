import { useEffect, useRef } from "react";

/** Something that can be done: in the palette, on the shortcut sheet and behind its key. */
export interface ScreenCommand {
  readonly id: string;
  /** A verb and its object, sentence case: "Register the plan". */
  readonly words: string;
  /** As an accelerator: "CmdOrCtrl+Enter", "Alt+N". Single letters belong to a focused list, not here. */
  readonly shortcut?: string | undefined;
  readonly isEnabled?: boolean | undefined;
  readonly run: () => void;
}

const sources = new Set<() => readonly ScreenCommand[]>();

/** What the screens that are open can do now. */
export function screenCommands(): readonly ScreenCommand[] {
  return [...sources].flatMap((source) => source());
}

/**
 * Adds what the open screen can do to the palette, the shortcut sheet and the keys while the screen is there.
 * @param commands may be a new array at every render.
 */
export function useScreenCommands(commands: readonly ScreenCommand[]): void {
  const latest = useRef(commands);
  useEffect(() => {
    latest.current = commands;
  });
  useEffect(() => {
    const source = (): readonly ScreenCommand[] => latest.current;
    sources.add(source);
    return () => {
      sources.delete(source);
    };
  }, []);
}
