import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { Submission } from "../../../electron/contract/submissions.ts";
import {
  Button,
  DescriptionList,
  ErrorNote,
  Loading,
  MenuButton,
  Note,
  PageHead,
  Panel,
  type Described,
  type MenuEntry,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { minuteWords } from "../../state/time-words.ts";
import { navigate, type Params } from "../../state/view.ts";
import { useRights, type Rights } from "../runs/rights.ts";
import { SubmissionStateTag, WindowBar, windowEndWords, windowWords } from "../submissions/submission-words.tsx";
import { AccessDialog, AnswerDialog, CloseEarlyDialog, RedateDialog, WithdrawDialog } from "./act-dialogs.tsx";
import { CustodyPanel } from "./custody-panel.tsx";
import { NeedToKnowPanel } from "./need-to-know-panel.tsx";
import { PartnerPanel } from "./partner-panel.tsx";
import { SessionPanel } from "./session-panel.tsx";
import { SubmitDialog } from "./submit-dialog.tsx";
import "../submissions/submissions.css";

type Act = "answer" | "submit" | "access" | "redate" | "close" | "withdraw";

const actWords: Readonly<Record<Act, string>> = {
  answer: "Answer the question",
  submit: "Record the submission",
  access: "Access was given",
  redate: "Another planned day",
  close: "Close the window early",
  withdraw: "Withdrawn by its developer",
};

/** What can be done as things stand. */
function actsOf({ state, inquiry, submitted }: Submission): readonly Act[] {
  if (state === "withdrawn") return [];
  return [
    ...(inquiry.answer === null ? ["answer" as const] : []),
    ...(submitted === null ? ["submit" as const] : []),
    ...(state === "submitted" ? ["access" as const] : []),
    ...(submitted === null ? [] : ["redate" as const]),
    ...(state === "access-open" ? ["close" as const] : []),
    "withdraw",
  ];
}

/** What usually comes next. */
function nextOf({ state, inquiry }: Submission): Act | null {
  if (state === "inquiry") return inquiry.answer === null ? "answer" : "submit";
  return state === "submitted" ? "access" : null;
}

function WindowPanel({ submission }: { readonly submission: Submission }): ReactNode {
  const { window, publicRelease, dates } = submission;
  if (window === null) return null;
  const { rule, earliestStart, plannedRelease, endsAt, endsBy } = window;
  const facts: readonly Described[] = [
    {
      term: "At most",
      value: `${String(rule.days)} ${rule.dayCount === "elapsed" ? "days of 24 hours" : "days of the calendar"}, ${rule.zone}`,
    },
    { term: "Released to partners", value: plannedRelease ?? "not stated" },
    { term: "Public release", value: publicRelease ?? "not stated" },
    ...(earliestStart === null ? [] : [{ term: "Whole window fits from", value: minuteWords(earliestStart) }]),
    ...(endsAt === null || endsBy === null
      ? []
      : [{ term: "Ends", value: `${minuteWords(endsAt)}, by ${windowEndWords[endsBy]}` }]),
    { term: "Days said so far", value: String(dates.filter(({ on }) => on !== null).length) },
  ];
  return (
    <Panel title="Access window" hint={windowWords(window)}>
      <div className="submission-window">
        {window.clock === "behind" ? (
          <Note tone="warn" title="This workstation’s clock is behind the journal">
            Time is taken from the journal’s latest entry, {minuteWords(window.readAt)}. Set the clock.
          </Note>
        ) : null}
        <WindowBar window={window} />
        <DescriptionList items={facts} />
      </div>
    </Panel>
  );
}

function InquiryPanel({ submission }: { readonly submission: Submission }): ReactNode {
  const { inquiry, programme } = submission;
  return (
    <Panel title="Inquiry">
      <DescriptionList
        items={[
          { term: "Asked", value: `${minuteWords(inquiry.at)}, written down by ${inquiry.by}` },
          { term: "Programme", value: programme === "" ? "not stated" : programme },
          { term: "Claim", value: inquiry.claim === "" ? "none" : inquiry.claim },
          { term: "Question", value: inquiry.question === "" ? "none" : inquiry.question },
          {
            term: "Answer",
            value: inquiry.answer === null ? "none yet" : `${inquiry.answer.words} (${minuteWords(inquiry.answer.at)})`,
          },
        ]}
      />
    </Panel>
  );
}

function TermsPanel({ submission }: { readonly submission: Submission }): ReactNode {
  const { submitted } = submission;
  if (submitted === null) return null;
  const { terms } = submitted;
  const stated = (value: string): string => (value === "" ? "not stated" : value);
  return (
    <Panel title="Terms">
      <DescriptionList
        items={[
          { term: "Submitted", value: `${minuteWords(submitted.at)}, of its own will` },
          {
            term: "Model versions",
            value:
              submitted.modelVersions.length === 0
                ? "none named yet"
                : submitted.modelVersions.map(({ words }) => words).join(", "),
          },
          { term: "Access", value: stated(submitted.access) },
          { term: "Safeguards", value: stated(submitted.safeguards) },
          { term: "Basis", value: stated(terms.basis) },
          { term: "Permitted uses", value: stated(terms.permittedUses) },
          { term: "Handling", value: stated(terms.handling) },
          { term: "Agreement", value: stated(terms.agreement) },
          { term: "Kept until", value: terms.retainUntil ?? "not stated" },
          {
            term: "After a withdrawal",
            value: terms.resultsAfterWithdrawal ? "results may be told" : "no result is told",
          },
        ]}
      />
    </Panel>
  );
}

function HistoryPanel({ submission }: { readonly submission: Submission }): ReactNode {
  return (
    <Panel title="History" hint={String(submission.history.length)} flush>
      <ul className="submission-list">
        {submission.history.toReversed().map((one, place) => (
          <li key={`${String(one.at)} ${String(place)}`}>
            <span className="submissions-title">
              <span>{one.words}</span>
              <span className="small ink3">
                {minuteWords(one.at)} · {one.by}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const dialogs = {
  answer: AnswerDialog,
  submit: SubmitDialog,
  access: AccessDialog,
  redate: RedateDialog,
  close: CloseEarlyDialog,
  withdraw: WithdrawDialog,
} as const;

interface SubmissionViewProps {
  readonly submission: Submission;
  readonly rights: Rights;
}

function SubmissionView({ submission, rights }: SubmissionViewProps): ReactNode {
  const [over, setOver] = useState<Act | null>(null);
  const { mayDecide, mayLog } = rights;
  const acts = actsOf(submission);
  const next = nextOf(submission);
  const run = (act: Act) => () => {
    setOver(act);
  };
  const entries: readonly MenuEntry[] = acts
    .filter((act) => act !== next)
    .map((act) => ({ id: act, words: `${actWords[act]}…`, isDisabled: !mayDecide, run: run(act) }));
  useScreenCommands(
    acts.map((act) => ({ id: `submission.${act}`, words: actWords[act], isEnabled: mayDecide, run: run(act) })),
  );
  useStatusHint("Tab panels · Ctrl K everything that can be done · Alt ← back");
  const Dialog = over === null ? null : dialogs[over];
  const { code, codename, developer, state, withdrawn } = submission;
  return (
    <div className="page">
      <PageHead
        title={codename}
        lead={`${code} · ${developer}`}
        up={{
          words: "Submissions",
          onPress: () => {
            navigate("submissions");
          },
        }}
        tags={<SubmissionStateTag state={state} />}
        actions={
          <>
            {entries.length === 0 ? null : (
              <MenuButton label="More of the submission" entries={entries}>
                More
              </MenuButton>
            )}
            {next === null ? null : (
              <Button variant="primary" isDisabled={!mayDecide} onPress={run(next)}>
                {actWords[next]}…
              </Button>
            )}
          </>
        }
      />
      <div className="page-body scrolls">
        {withdrawn === null ? null : (
          <Note tone="warn" title={`Withdrawn by its developer on ${minuteWords(withdrawn.at)}`}>
            {withdrawn.reason === "" ? "No reason was given, and none is needed." : withdrawn.reason}
          </Note>
        )}
        <WindowPanel submission={submission} />
        <div className="submission-columns">
          <InquiryPanel submission={submission} />
          <TermsPanel submission={submission} />
          <SessionPanel submission={submission} mayLog={mayLog} />
          <CustodyPanel submission={submission} mayLog={mayLog} />
          <PartnerPanel submission={submission} mayDecide={mayDecide} />
          <NeedToKnowPanel submission={submission} mayDecide={mayDecide} />
        </div>
        <HistoryPanel submission={submission} />
      </div>
      {Dialog === null ? null : (
        <Dialog
          submission={submission}
          onClose={() => {
            setOver(null);
          }}
        />
      )}
    </div>
  );
}

/** One submission, from the question before it to what became of all that was received. */
function SubmissionScreen({ params }: { readonly params: Params }): ReactNode {
  const submission = useQuery("submissions.get", { submissionId: params["id"] ?? "" });
  const rights = useRights();
  if (submission.status === "ready") {
    return <SubmissionView key={submission.data.id} submission={submission.data} rights={rights} />;
  }
  if (submission.status === "loading") return <Loading />;
  return (
    <div className="page">
      <PageHead
        title="Submission"
        up={{
          words: "Submissions",
          onPress: () => {
            navigate("submissions");
          },
        }}
      />
      <div className="page-body">
        <ErrorNote failure={submission.failure} />
      </div>
    </div>
  );
}

export const screen: Screen = { id: "submission", Component: SubmissionScreen };
