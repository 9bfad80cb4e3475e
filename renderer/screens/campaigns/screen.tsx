import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import { LedgerBar, ledgerBarSummary } from "../../charts/ledger-bar.tsx";
import type { Campaign } from "../../../electron/contract/planning.ts";
import { formatCount, formatCounted, formatFraction } from "../../../electron/contract/number-text.ts";
import { Button, EmptyState, ErrorNote, Loading, PageHead, Tag, type TableColumn } from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { dayWords } from "../../state/time-words.ts";
import { navigate, type Params } from "../../state/view.ts";
import { ListPanel, usePick } from "../../table-view/index.ts";
import { useRights } from "../runs/rights.ts";
import { CompartmentTag } from "./compartments.tsx";
import { PlanDialog } from "./plan-dialog.tsx";
import { Due } from "./due.tsx";
import "./campaigns.css";

const columns: readonly TableColumn<Campaign>[] = [
  {
    id: "name",
    header: "Campaign",
    cell: (campaign) => (
      <span className="campaigns-two-lines">
        <span className="campaigns-title">
          <span className="cut campaigns-name">{campaign.name}</span>
          <CompartmentTag compartment={campaign.compartment} />
        </span>
        <span className="cut small ink3">{campaign.question || "no question written"}</span>
      </span>
    ),
    width: "2fr",
    minWidth: 220,
    isSortable: true,
    isRowHeader: true,
  },
  {
    id: "size",
    header: "Plan",
    cell: (campaign) => (
      <span className="ink2 cut">
        {formatCounted(campaign.modelVersions.length, "model")} ×{" "}
        {formatCounted(campaign.benchmarks.length, "benchmark")} × {formatCount(campaign.epochs)}
      </span>
    ),
    width: 210,
  },
  {
    id: "progress",
    header: "Every planned attempt",
    cell: (campaign) => (
      <span className="campaigns-progress" title={ledgerBarSummary(campaign.ledger)}>
        <LedgerBar
          id={`campaigns-${campaign.id}`}
          title={`Attempts of ${campaign.name} by state`}
          ledger={campaign.ledger}
          height={8}
        />
        <span className="small ink2">
          {formatFraction(campaign.ledger.planned - campaign.ledger.notRun, campaign.ledger.planned)} ended
        </span>
      </span>
    ),
    width: "1.4fr",
    minWidth: 180,
  },
  { id: "due", header: "Due", cell: (campaign) => <Due dueAt={campaign.dueAt} />, width: 166, isSortable: true },
  {
    id: "registered",
    header: "Registered",
    cell: (campaign) =>
      campaign.registered === null ? (
        <Tag sign="open" faint>
          not yet
        </Tag>
      ) : (
        <Tag tone="ok" sign="ok">
          {dayWords(campaign.registered.at)}
        </Tag>
      ),
    width: 126,
    isSortable: true,
  },
];

interface CampaignListProps {
  readonly campaigns: readonly Campaign[];
  readonly mayPlan: boolean;
  readonly onPlan: () => void;
}

function CampaignList({ campaigns, mayPlan, onPlan }: CampaignListProps): ReactNode {
  const pick = usePick(campaigns);
  return (
    <ListPanel<Campaign>
      title="Campaigns"
      table="campaigns"
      noun="campaign"
      placeholder="Name, question"
      label="Campaigns"
      columns={columns}
      pick={pick}
      rowText={(campaign) => campaign.name}
      rowHeight={50}
      onOpen={(id) => {
        navigate("campaign", { id });
      }}
      empty={
        <EmptyState
          title="No campaign is planned"
          action={
            <Button variant="primary" isDisabled={!mayPlan} onPress={onPlan}>
              Plan a campaign
            </Button>
          }
        >
          A campaign says which model versions meet which benchmarks, how often, and which result means what, before
          there is one. A lead plans it.
        </EmptyState>
      }
    />
  );
}

/** Every campaign: what it plans, how far it has come, whether its plan is frozen. */
function CampaignsScreen({ params }: { readonly params: Params }): ReactNode {
  const campaigns = useQuery("campaigns.list", {});
  const rights = useRights();
  const [isPlanning, setIsPlanning] = useState(params["new"] === "yes");
  const plan = (): void => {
    setIsPlanning(true);
  };
  useScreenCommands([
    { id: "campaigns.plan", words: "Plan a campaign", shortcut: "Alt+N", isEnabled: rights.mayDecide, run: plan },
  ]);
  useStatusHint("Enter open · Alt N plan a campaign");
  return (
    <div className="page">
      <PageHead
        title="Campaigns"
        lead={
          campaigns.status === "ready"
            ? `${formatCount(campaigns.data.length)} planned, ${formatCount(campaigns.data.filter((one) => one.registered !== null).length)} registered`
            : " "
        }
        actions={
          <Button variant="primary" shortcut="Alt+N" isDisabled={!rights.mayDecide} onPress={plan}>
            Plan a campaign
          </Button>
        }
      />
      {campaigns.status === "loading" ? <Loading /> : null}
      <div className="page-body">
        {campaigns.status === "failed" ? <ErrorNote failure={campaigns.failure} /> : null}
        {campaigns.status === "ready" ? (
          <CampaignList campaigns={campaigns.data} mayPlan={rights.mayDecide} onPlan={plan} />
        ) : null}
      </div>
      {isPlanning && rights.mayDecide ? (
        <PlanDialog
          onClose={() => {
            setIsPlanning(false);
          }}
        />
      ) : null}
    </div>
  );
}

export const screen: Screen = { id: "campaigns", Component: CampaignsScreen };
