import type { ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import type { Overview } from "../../../electron/contract/overview.ts";
import { Button, ErrorNote, Loading, Note, PageHead } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate } from "../../state/view.ts";
import { useRights } from "../runs/rights.ts";
import { Assignments } from "./assignments.tsx";
import { CampaignProgress } from "./campaign-progress.tsx";
import { NextSteps, type Step } from "./next-steps.tsx";
import { OpenReports, RecentImports, RunsUnderWay } from "./under-way.tsx";
import "./overview.css";

function RefusedEvents({ count }: { readonly count: number }): ReactNode {
  if (count === 0) return null;
  return (
    <Note
      tone="warn"
      title={`${formatCount(count)} ${count === 1 ? "entry was" : "entries were"} refused when the journal was read`}
      action={
        <Button
          size="small"
          onPress={() => {
            navigate("journal", { view: "refused" });
          }}
        >
          Show what was refused
        </Button>
      }
    >
      Its author had no right to make it, so it changes nothing; it stays in the journal to be seen.
    </Note>
  );
}

/** Acts that another member proposed and that this one may confirm. */
function WaitingActs(): ReactNode {
  const state = useQuery("vault.state", {});
  const waiting = state.status === "ready" && state.data.open ? state.data.counts.waiting : 0;
  if (waiting === 0) return null;
  return (
    <Note
      title={`${formatCounted(waiting, "act")} ${waiting === 1 ? "waits" : "wait"} for you as the second person`}
      action={
        <Button
          size="small"
          onPress={() => {
            navigate("members", { view: "acts" });
          }}
        >
          Look and decide
        </Button>
      }
    >
      Nothing of it happens until it is confirmed.
    </Note>
  );
}

/** The steps of a vault that has not got far; for a lead, shares are one of them while there are none. */
function useNextSteps(overview: Overview): readonly Step[] {
  const rights = useRights();
  const hasSteps = overview.nextSteps.length > 0;
  const kits = useQuery("recovery.list", hasSteps && rights.mayDecide ? {} : null);
  const lacksShares = kits.status === "ready" && !kits.data.some(({ current }) => current);
  return hasSteps && lacksShares ? [...overview.nextSteps, "make-shares"] : overview.nextSteps;
}

function OverviewBody({ overview }: { readonly overview: Overview }): ReactNode {
  const isNew = overview.attempts === 0 && overview.campaigns.length === 0 && overview.runsUnderWay.length === 0;
  const steps = useNextSteps(overview);
  return (
    <div className="page-body scrolls">
      <WaitingActs />
      <RefusedEvents count={overview.refusedEvents} />
      {steps.length === 0 ? null : <NextSteps steps={steps} isNew={isNew} />}
      {isNew ? null : (
        <div className="overview-columns">
          <div className="stack">
            <Assignments assignments={overview.assignments} />
            <RunsUnderWay runs={overview.runsUnderWay} />
            <RecentImports imports={overview.recentImports} />
          </div>
          <div className="stack">
            <CampaignProgress campaigns={overview.campaigns} />
            <OpenReports reports={overview.reportsOpen} />
          </div>
        </div>
      )}
    </div>
  );
}

function leadWords(overview: Overview): string {
  const runs = overview.runsUnderWay.length;
  return `${formatCounted(overview.attempts, "attempt")} logged · ${formatCounted(runs, "run")} under way`;
}

/** What needs me: campaigns, runs under way, what was imported, reports in draft, and the next step. */
function OverviewScreen(): ReactNode {
  const overview = useQuery("overview.get", {});
  const { mayDecide } = useRights();
  useScreenCommands([
    {
      id: "overview.receive",
      words: "Receive a package",
      isEnabled: mayDecide,
      run: () => {
        navigate("runs", { view: "receive" });
      },
    },
  ]);
  useStatusHint("Enter open · Ctrl K find or do anything");
  return (
    <div className="page">
      <PageHead
        title="Overview"
        lead={overview.status === "ready" ? leadWords(overview.data) : " "}
        actions={
          <>
            <Button
              onPress={() => {
                navigate("campaigns", { new: "yes" });
              }}
            >
              Plan a campaign
            </Button>
            <Button
              variant="primary"
              shortcut="Ctrl+I"
              onPress={() => {
                navigate("import");
              }}
            >
              Import logs
            </Button>
          </>
        }
      />
      {overview.status === "loading" ? <Loading /> : null}
      {overview.status === "failed" ? (
        <div className="page-body">
          <ErrorNote failure={overview.failure} />
        </div>
      ) : null}
      {overview.status === "ready" ? <OverviewBody overview={overview.data} /> : null}
    </div>
  );
}

export const screen: Screen = { id: "overview", Component: OverviewScreen };
