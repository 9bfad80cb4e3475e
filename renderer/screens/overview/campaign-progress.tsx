import { useState, type ReactNode } from "react";
import { LedgerBar } from "../../charts/ledger-bar.tsx";
import { ledgerCounts } from "../../charts/ledger-states.ts";
import { formatCount } from "../../../electron/contract/number-text.ts";
import type { Overview } from "../../../electron/contract/overview.ts";
import { Button, DoorLink, EmptyState, Panel, Tag } from "../../parts/index.ts";
import { dayWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";

type CampaignLine = Overview["campaigns"][number];

function Due({ dueAt }: { readonly dueAt: number | null }): ReactNode {
  const [now] = useState(() => Date.now());
  if (dueAt === null) return <span className="ink3 small">no due date</span>;
  const isLate = dueAt < now;
  if (isLate) {
    return (
      <Tag tone="warn" sign="warn">
        was due {dayWords(dueAt)}
      </Tag>
    );
  }
  return <span className="ink3 small">due {dayWords(dueAt)}</span>;
}

function CampaignRow({ campaign }: { readonly campaign: CampaignLine }): ReactNode {
  const { ledger } = campaign;
  const done = ledger.planned - ledger.notRun;
  return (
    <li className="overview-campaign">
      <div className="row">
        <DoorLink
          onPress={() => {
            navigate("campaign", { id: campaign.id });
          }}
        >
          {campaign.name}
        </DoorLink>
        <span className="push">
          <Due dueAt={campaign.dueAt} />
        </span>
      </div>
      <LedgerBar id={`overview-${campaign.id}`} title={`Attempts of ${campaign.name} by state`} ledger={ledger} />
      <p className="small ink2">
        {formatCount(done)} of {formatCount(ledger.planned)} attempts have ended
        {done === 0 ? "" : `: ${ledgerCounts({ ...ledger, notRun: 0 })}`}
      </p>
    </li>
  );
}

/** How far each campaign has come, every planned attempt in sight. */
export function CampaignProgress({ campaigns }: { readonly campaigns: readonly CampaignLine[] }): ReactNode {
  return (
    <Panel title="Campaigns" hint="every planned attempt by state" flush>
      {campaigns.length === 0 ? (
        <EmptyState
          title="No campaign is planned"
          action={
            <Button
              onPress={() => {
                navigate("campaigns", { new: "yes" });
              }}
            >
              Plan a campaign
            </Button>
          }
        >
          A campaign says which models meet which benchmarks, how often, and by when.
        </EmptyState>
      ) : (
        <ul>
          {campaigns.map((campaign) => (
            <CampaignRow key={campaign.id} campaign={campaign} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
