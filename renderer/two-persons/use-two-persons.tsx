import { useState, type ReactNode } from "react";
import type { Failure, Result } from "../../electron/contract/result.ts";
import type { Second } from "../../electron/contract/two-persons.ts";
import type { SecondPersonRule } from "./present-second-fields.tsx";
import { SecondPersonDialog } from "./second-person-dialog.tsx";

/** What is asked of the service, once without a second person and, where it takes one, once more with. */
export type Ask<T> = (second: Second | undefined) => Promise<Result<T>>;

export interface TwoPersonQuestion extends SecondPersonRule {
  /** What will happen, as a sentence: "The marking is lowered to CUI." */
  readonly what: string;
}

export type TwoPersonOutcome<T> =
  | { readonly kind: "done"; readonly value: T }
  /** It was proposed and waits for somebody to confirm it. */
  | { readonly kind: "waiting" }
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "cancelled" };

interface Open extends TwoPersonQuestion {
  readonly decide: (second: Second | null) => Promise<Failure | null>;
}

export interface TwoPersons {
  /** Asks; where the vault wants a second person, the dialog asks who, and it is asked again with them. */
  readonly run: <T>(ask: Ask<T>, question: TwoPersonQuestion) => Promise<TwoPersonOutcome<T>>;
  /** The dialog while it is open, to be put anywhere in the page. */
  readonly dialog: ReactNode;
}

/** Wipes the passphrase of a second person once it was sent. */
function wipe(second: Second): void {
  if (second.kind === "present") second.passphrase.fill(0);
}

/** Acts that may take a second person: made at once, with somebody who is present, or proposed for later. */
export function useTwoPersons(): TwoPersons {
  const [open, setOpen] = useState<Open | null>(null);
  const run = async <T,>(ask: Ask<T>, question: TwoPersonQuestion): Promise<TwoPersonOutcome<T>> => {
    const alone = await ask(undefined);
    if (alone.ok) return { kind: "done", value: alone.value };
    if (alone.error.code !== "second-person-needed") return { kind: "failed", failure: alone.error };
    return new Promise((resolve) => {
      const decide = async (second: Second | null): Promise<Failure | null> => {
        if (second === null) {
          setOpen(null);
          resolve({ kind: "cancelled" });
          return null;
        }
        const result = await ask(second);
        wipe(second);
        // A mistyped passphrase is no end: the dialog stays and says so.
        if (!result.ok) return result.error;
        setOpen(null);
        resolve(second.kind === "later" ? { kind: "waiting" } : { kind: "done", value: result.value });
        return null;
      };
      setOpen({ ...question, decide });
    });
  };
  return { run, dialog: open === null ? null : <SecondPersonDialog {...open} /> };
}
