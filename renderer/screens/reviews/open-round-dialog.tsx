import { useEffect, useState, type ReactNode } from "react";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import type { RoundInput, RoundPlan } from "../../../electron/contract/reviewing.ts";
import { ActDialog, ErrorNote, showToast } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { navigate, type Params } from "../../state/view.ts";
import { emptyRound, roundFaults, roundInput, withSeed, type RoundDraft } from "./round-draft.ts";
import { FormFields, PeopleFields, ScopeFields } from "./round-fields.tsx";

/** Long enough that a number is typed before it is looked at. */
const pauseMs = 300;

/** The value once it has stayed the same for a moment. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return settled;
}

function PlanWords({ plan, perAttempt }: { readonly plan: RoundPlan; readonly perAttempt: number }): ReactNode {
  const judgements = plan.attempts * perAttempt;
  return (
    <>
      <p>
        <strong>{formatCounted(plan.attempts, "attempt")}</strong>, {formatCounted(judgements, "judgement")} by{" "}
        {formatCounted(plan.perReviewer.length, "person", "people")}
      </p>
      <ul aria-label="How many each judges">
        {plan.perReviewer.map(({ id, name, items }) => (
          <li key={id}>
            <span className="cut">{name}</span>
            <span>{formatCount(items)}</span>
          </li>
        ))}
      </ul>
      {plan.leftOut.map(({ reason, count }) => (
        <p key={reason} className="small">
          Left out: {formatCount(count)}, {reason}
        </p>
      ))}
    </>
  );
}

/** What the round would be as it stands: how many attempts, who gets how many. */
function Preview({ input, plan }: { readonly input: RoundInput | null; readonly plan: ReturnType<typeof usePlan> }) {
  if (input === null) {
    return (
      <div className="round-preview" role="status">
        Choose what it is over, and who judges, to see who gets how many.
      </div>
    );
  }
  if (plan.status === "failed") return <ErrorNote failure={plan.failure} />;
  return (
    <div className="round-preview" role="status">
      {plan.status === "ready" ? <PlanWords plan={plan.data} perAttempt={input.perAttempt} /> : "Counting"}
    </div>
  );
}

function usePlan(input: RoundInput | null) {
  const key = JSON.stringify(input);
  const settled = useSettled(key);
  return useQuery("reviews.planRound", settled === key ? input : null);
}

function startOf(params: Params): RoundDraft {
  const { run, campaign } = params;
  if (run !== undefined) return { ...emptyRound, of: "run", runId: run };
  return campaign === undefined ? emptyRound : { ...emptyRound, campaignId: campaign };
}

/** Opens a round: what is reviewed, by whom, blind or not, by when; shows who gets how many before it is opened. */
export function OpenRoundDialog({ params, onClose }: { readonly params: Params; readonly onClose: () => void }) {
  const [draft, setDraft] = useState(() => startOf(params));
  const [isLate, setIsLate] = useState(false);
  const open = useCommand("reviews.openRound");
  // What decides who gets what does not ask for a name.
  const input = roundInput(draft, "preview");
  const plan = usePlan(input);
  const put = (part: Partial<RoundDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const submit = async (): Promise<void> => {
    setIsLate(true);
    const asked = roundInput(draft);
    if (asked === null || open.isRunning) return;
    const result = await open.run(plan.status === "ready" ? withSeed(asked, plan.data.seed) : asked);
    if (!result.ok) return;
    showToast({ words: `${result.value.name} is open: ${formatCounted(result.value.sums.items, "item")}.` });
    onClose();
    navigate("round", { id: result.value.id });
  };
  const parts = { draft, put, faults: isLate ? roundFaults(draft) : {} };
  return (
    <ActDialog
      title="Open a round of reviews"
      size="large"
      act="Open the round"
      command={open}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <div className="round-form">
        <div className="stack">
          <ScopeFields {...parts} />
        </div>
        <div className="stack">
          <PeopleFields {...parts} />
          <FormFields {...parts} />
        </div>
      </div>
      <Preview input={input} plan={plan} />
    </ActDialog>
  );
}
