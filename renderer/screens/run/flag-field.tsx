import { useState, type ReactNode } from "react";
import { failureLine } from "../../../electron/contract/words.ts";
import { Button, TextField } from "../../parts/index.ts";
import { secretBytes, useCommand } from "../../state/service.ts";
import type { GridAttempt } from "./logging.ts";

interface FlagFieldProps {
  readonly runId: string;
  readonly attempt: GridAttempt;
  readonly onRight: () => void;
}

/** A flag is typed or pasted and checked; Enter checks it, and a right one logs the attempt as solved. */
export function FlagField({ runId, attempt, onRight }: FlagFieldProps): ReactNode {
  const [flag, setFlag] = useState("");
  const [isWrong, setWrong] = useState(false);
  const check = useCommand("attempts.checkFlag");
  const ask = async (): Promise<void> => {
    if (flag.trim() === "") return;
    const typed = secretBytes(flag);
    const result = await check.run({ runId, task: attempt.row.task, flag: typed });
    typed.fill(0);
    if (!result.ok) return;
    setWrong(result.value.verdict !== "right");
    if (result.value.verdict !== "right") return;
    setFlag("");
    onRight();
  };
  const error =
    check.failure === null ? (isWrong ? "It is not the flag of this task." : null) : failureLine(check.failure);
  return (
    <form
      className="run-flag"
      onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}
    >
      <TextField
        label="Flag"
        low
        mono
        value={flag}
        maxLength={1_024}
        error={error}
        onChange={(next) => {
          setFlag(next);
          setWrong(false);
        }}
      />
      <Button size="small" type="submit" isPending={check.isRunning} isDisabled={flag.trim() === ""}>
        Check
      </Button>
    </form>
  );
}
