import type { ReactNode } from "react";
import { idleWarningSeconds } from "../../electron/contract/shell.ts";
import { Note } from "../parts/index.ts";
import { useActivity } from "../state/activity.ts";

/**
 * Half a minute before the vault locks by itself; any key or movement keeps it open (WCAG 2.2.1).
 * It is announced once: the seconds count down for the eye only.
 */
export function IdleWarning(): ReactNode {
  const warning = useActivity((activity) => activity.warning);
  if (warning === null) return null;
  return (
    <div className="idle-warning">
      <p className="visually-hidden" role="alert">
        The vault locks in {idleWarningSeconds} seconds. Press any key to stay.
      </p>
      <div aria-hidden="true">
        <Note tone="warn" title={`Locking in ${String(warning)} seconds`}>
          Press any key to stay.
        </Note>
      </div>
    </div>
  );
}
