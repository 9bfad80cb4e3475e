import type { ReactNode } from "react";
import { Note } from "../parts/index.ts";
import { useActivity } from "../state/activity.ts";

/** Half a minute before the vault locks by itself; any key or movement keeps it open (WCAG 2.2.1). */
export function IdleWarning(): ReactNode {
  const warning = useActivity((activity) => activity.warning);
  if (warning === null) return null;
  return (
    <div className="idle-warning" role="alert">
      <Note tone="warn" title={`Locking in ${String(warning)} seconds`}>
        Press any key to stay.
      </Note>
    </div>
  );
}
