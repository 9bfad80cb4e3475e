import { useEffect, useState, type ReactNode } from "react";
import { Button as AriaButton } from "react-aria-components";
import { formatCount } from "../../electron/contract/number-text.ts";
import type { VaultState } from "../../electron/contract/vault.ts";
import { progressWords } from "../state/progress-words.ts";
import { IconSign, Progress } from "../parts/index.ts";
import { useActivity } from "../state/activity.ts";
import { useJobs } from "../state/jobs.ts";
import { navigate, useView } from "../state/view.ts";

type OpenVault = Extract<VaultState, { open: true }>;

function LockCountdown(): ReactNode {
  const { lastAt, idleMinutes } = useActivity();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 1_000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  const left = Math.max(0, Math.min(idleMinutes * 60, Math.ceil((lastAt + idleMinutes * 60_000 - now) / 1_000)));
  const words = `${String(Math.floor(left / 60))}:${String(left % 60).padStart(2, "0")}`;
  return <span className="countdown">Locks in {words}</span>;
}

function JobLine(): ReactNode {
  const job = useJobs(({ jobs }) => jobs.at(-1));
  const others = useJobs(({ jobs }) => jobs.length - 1);
  if (job === undefined) return null;
  return (
    <Progress
      look="line"
      step={others > 0 ? `${job.words}, and ${String(others)} more` : job.words}
      done={job.progress?.done ?? 0}
      total={job.progress?.total ?? null}
      words={job.progress === null ? undefined : progressWords(job.progress)}
      onCancel={job.cancel}
    />
  );
}

/** What is saved and how far, which keys work here, what is being done, and that nothing leaves. */
export function StatusBar({ vault }: { readonly vault: OpenVault }): ReactNode {
  const hint = useView((view) => view.hint);
  const refused = useActivity((activity) => activity.refused);
  return (
    <footer className="status-bar">
      <AriaButton
        className="status-door"
        onPress={() => {
          navigate("journal");
        }}
      >
        <span className="status-saved">
          <IconSign name="saved" size={10} />
        </span>
        Saved · {formatCount(vault.entries)} {vault.entries === 1 ? "entry" : "entries"}
      </AriaButton>
      <span className="status-minor">Checkpoint {vault.checkpoint}</span>
      <JobLine />
      <span className="status-hint cut">{hint}</span>
      <AriaButton
        className="status-door"
        onPress={() => {
          navigate("settings", { part: "air-gap" });
        }}
      >
        Offline by design · {refused.toLocaleString("en")} refused requests
      </AriaButton>
      <LockCountdown />
    </footer>
  );
}
