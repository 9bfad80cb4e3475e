import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import { LedgerBar } from "../../charts/ledger-bar.tsx";
import { ledgerCounts } from "../../charts/ledger-states.ts";
import type { Campaign, Deviation } from "../../../electron/contract/planning.ts";
import { formatCount, formatCounted, formatIntervalMethods } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DescriptionList,
  ErrorNote,
  Loading,
  PageHead,
  Panel,
  Tabs,
  Tag,
  type TabItem,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery, type QueryState } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { dayWords, minuteWords } from "../../state/time-words.ts";
import { navigate, type Params } from "../../state/view.ts";
import { CompartmentTag } from "../campaigns/compartments.tsx";
import { Due } from "../campaigns/due.tsx";
import { HandOverDialog } from "../handover/hand-over-dialog.tsx";
import { AgreementPanel } from "../reviews/agreement-panel.tsx";
import { useRights, type Rights } from "../runs/rights.ts";
import { AssignDialog } from "./assign-dialog.tsx";
import { DenominatorView } from "./denominator-view.tsx";
import { Deviations, severityWords } from "./deviations.tsx";
import { PlanMatrix } from "./plan-matrix.tsx";
import { ProtocolView } from "./protocol-view.tsx";
import { RegisterDialog } from "./register-dialog.tsx";
import "./campaign.css";

const views = ["results", "protocol", "denominators", "deviations", "agreement"] as const;
type View = (typeof views)[number];
type Known = QueryState<Deviation[]>;

function Registration({ campaign }: { readonly campaign: Campaign }): ReactNode {
  const { registered } = campaign;
  if (registered === null) return <span className="ink2">not yet; until then the plan is only a plan</span>;
  return (
    <span className="campaign-registered">
      <span>
        {minuteWords(registered.at)},{" "}
        {registered.beforeFirstResult ? "before the first result" : "after the first result"}
      </span>
      <span className="mono ink2 campaign-hash">{registered.hash}</span>
    </span>
  );
}

function Plan({ campaign }: { readonly campaign: Campaign }): ReactNode {
  return (
    <Panel label="The plan">
      <div className="campaign-plan">
        <DescriptionList
          look="stack"
          items={[
            { term: "Question", value: campaign.question || "none written" },
            { term: "Decision rule", value: campaign.decisionRule || "none written" },
          ]}
        />
        <DescriptionList
          look="stack"
          items={[
            { term: "Due", value: <Due dueAt={campaign.dueAt} /> },
            { term: "Registered", value: <Registration campaign={campaign} /> },
          ]}
        />
      </div>
    </Panel>
  );
}

/** What the tab of deviations holds: also that they are not known yet. */
function DeviationView({
  campaign,
  deviations,
}: {
  readonly campaign: Campaign;
  readonly deviations: Known;
}): ReactNode {
  if (deviations.status === "loading") return <Loading />;
  if (deviations.status === "failed") return <ErrorNote failure={deviations.failure} />;
  const found = deviations.data;
  return (
    <Panel title="Deviations from the registered plan" hint={severityWords(found)} flush fill>
      <Deviations campaign={campaign} deviations={found} />
    </Panel>
  );
}

interface Parts {
  readonly campaign: Campaign;
  readonly rights: Rights;
  readonly deviations: Known;
  readonly params: Params;
  readonly onAssign: () => void;
}

/** The cell that the screen was opened on. */
function askedCell({ model, benchmark }: Params): { modelVersionId: string; benchmarkId: string } | null {
  return model === undefined || benchmark === undefined ? null : { modelVersionId: model, benchmarkId: benchmark };
}

function tabsOf({ campaign, rights, deviations, params, onAssign }: Parts): readonly TabItem<View>[] {
  const assign = (
    <Button size="small" isDisabled={!rights.mayDecide} onPress={onAssign}>
      Assign cells…
    </Button>
  );
  return [
    {
      id: "results",
      words: "Plan and results",
      content: (
        <>
          <Plan campaign={campaign} />
          <section className="panel campaign-every" aria-label="Every planned attempt">
            <div className="campaign-every-words">
              <h2>Every planned attempt, {formatCount(campaign.ledger.planned)}</h2>
              <span className="ink2">{ledgerCounts(campaign.ledger)}</span>
            </div>
            <LedgerBar id="campaign-ledger" title={`Attempts of ${campaign.name} by state`} ledger={campaign.ledger} />
          </section>
          <Panel title="Results" hint={resultsHint(campaign)} actions={assign} flush fill>
            <PlanMatrix campaign={campaign} rights={rights} asked={askedCell(params)} />
          </Panel>
        </>
      ),
    },
    { id: "protocol", words: "Limits and elicitation", content: <ProtocolView campaign={campaign} /> },
    { id: "denominators", words: "Denominators", content: <DenominatorView campaign={campaign} /> },
    {
      id: "deviations",
      words: "Deviations",
      count: deviations.status === "ready" && campaign.registered !== null ? deviations.data.length : undefined,
      content: <DeviationView campaign={campaign} deviations={deviations} />,
    },
    { id: "agreement", words: "Agreement", content: <AgreementPanel of={{ campaignId: campaign.id }} fill /> },
  ];
}

/** "solve rate, errors as failures, with its interval: Wilson over tasks, 95 %". */
function resultsHint({ cells }: Campaign): string {
  const ways = formatIntervalMethods(cells.map(({ rate }) => rate.interval));
  return `solve rate, errors as failures${ways === "" ? "" : `, with its interval: ${ways}`}`;
}

function CampaignView({ campaign, params }: { readonly campaign: Campaign; readonly params: Params }): ReactNode {
  const rights = useRights();
  const [view, setView] = useState(() => views.find((one) => one === params["view"]) ?? "results");
  const deviations = useQuery("campaigns.deviations", { campaignId: campaign.id });
  const [assigns, setAssigns] = useState(false);
  const assign = (): void => {
    setAssigns(true);
  };
  const tabs = tabsOf({ campaign, rights, deviations, params, onAssign: assign });
  const [registers, setRegisters] = useState(false);
  const [handsOver, setHandsOver] = useState(false);
  const canRegister = rights.mayDecide && campaign.registered === null;
  const register = (): void => {
    setRegisters(true);
  };
  const handOver = (): void => {
    setHandsOver(true);
  };
  useScreenCommands([
    {
      id: "campaign.hand-over",
      words: "Hand over this campaign",
      shortcut: "Alt+H",
      isEnabled: rights.mayLog,
      run: handOver,
    },
    { id: "campaign.assign", words: "Assign cells", shortcut: "Alt+A", isEnabled: rights.mayDecide, run: assign },
    { id: "campaign.register", words: "Register the plan", isEnabled: canRegister, run: register },
    {
      id: "campaign.import",
      words: "Import logs into this campaign",
      shortcut: "Alt+I",
      isEnabled: rights.mayLog,
      run: () => {
        navigate("import", { campaign: campaign.id });
      },
    },
  ]);
  useStatusHint("↑ ↓ ← → cells · Enter opens a cell · Alt I import logs · Alt A assign");
  const size = `${formatCounted(campaign.modelVersions.length, "model version")} × ${formatCounted(campaign.benchmarks.length, "benchmark")} × ${formatCounted(campaign.epochs, "epoch")}`;
  return (
    <div className="page">
      <PageHead
        title={campaign.name}
        lead={`${size} · planned ${dayWords(campaign.plannedAt)} by ${campaign.plannedBy}`}
        up={{
          words: "Campaigns",
          onPress: () => {
            navigate("campaigns");
          },
        }}
        tags={
          <>
            <CompartmentTag compartment={campaign.compartment} />
            {campaign.registered === null ? (
              <Tag sign="open">not registered</Tag>
            ) : (
              <Tag tone="ok" sign="ok">
                registered
              </Tag>
            )}
          </>
        }
        actions={
          <>
            <Button shortcut="Alt+H" isDisabled={!rights.mayLog} onPress={handOver}>
              Hand over…
            </Button>
            {campaign.registered === null ? (
              <Button isDisabled={!canRegister} onPress={register}>
                Register the plan…
              </Button>
            ) : null}
            <Button
              variant="primary"
              shortcut="Alt+I"
              isDisabled={!rights.mayLog}
              onPress={() => {
                navigate("import", { campaign: campaign.id });
              }}
            >
              Import logs
            </Button>
          </>
        }
      />
      <div className="page-body">
        <Tabs label="Campaign" tabs={tabs} value={view} onChange={setView} />
      </div>
      {handsOver ? (
        <HandOverDialog
          campaign={campaign}
          onClose={() => {
            setHandsOver(false);
          }}
        />
      ) : null}
      {assigns ? (
        <AssignDialog
          campaign={campaign}
          start={{ modelVersionIds: [], benchmarkIds: [] }}
          onClose={() => {
            setAssigns(false);
          }}
        />
      ) : null}
      {registers ? (
        <RegisterDialog
          campaign={campaign}
          onClose={() => {
            setRegisters(false);
          }}
        />
      ) : null}
    </div>
  );
}

/** One campaign: its plan, how far it is, and each cell's runs. */
function CampaignScreen({ params }: { readonly params: Params }): ReactNode {
  const campaign = useQuery("campaigns.get", { campaignId: params["id"] ?? "" });
  if (campaign.status === "ready")
    return <CampaignView key={campaign.data.id} campaign={campaign.data} params={params} />;
  if (campaign.status === "loading") return <Loading />;
  return (
    <div className="page">
      <PageHead
        title="Campaign"
        up={{
          words: "Campaigns",
          onPress: () => {
            navigate("campaigns");
          },
        }}
      />
      <div className="page-body">
        <ErrorNote failure={campaign.failure} />
      </div>
    </div>
  );
}

export const screen: Screen = { id: "campaign", Component: CampaignScreen };
