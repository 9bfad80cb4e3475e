import type { FindingChange } from "../../../electron/contract/finding-fields.ts";
import type { Finding } from "../../../electron/contract/findings.ts";
import type { Failure } from "../../../electron/contract/result.ts";
import { failureLine } from "../../../electron/contract/words.ts";
import { showToast } from "../../parts/index.ts";
import { connection, queries, useCommand } from "../../state/service.ts";

export interface Editing {
  /** Whether it was kept. Fields that are the same already change nothing. */
  readonly keep: (fields: FindingChange) => Promise<boolean>;
  readonly isRunning: boolean;
  readonly failure: Failure | null;
}

async function takeBack(findingId: string, before: FindingChange): Promise<void> {
  const result = await connection.request("findings.edit", { findingId, fields: before });
  if (result.ok) queries.invalidate();
  showToast(result.ok ? { words: "It is as it was before." } : { words: failureLine(result.error), tone: "bad" });
}

/** Changes fields of a finding, with the way back in the toast. */
export function useEdit({ id, code }: Finding): Editing {
  const edit = useCommand("findings.edit");
  return {
    keep: async (fields) => {
      if (edit.isRunning) return false;
      const result = await edit.run({ findingId: id, fields });
      if (!result.ok) return false;
      const { before } = result.value;
      if (Object.keys(before).length > 0) {
        showToast({ words: `${code} was changed.`, undo: () => void takeBack(id, before) });
      }
      return true;
    },
    isRunning: edit.isRunning,
    failure: edit.failure,
  };
}
