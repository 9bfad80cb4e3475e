import { useState, type ReactNode } from "react";
import type { Campaign, PooledRates } from "../../../electron/contract/planning.ts";
import { formatCount, formatCounted, formatRate } from "../../../electron/contract/number-text.ts";
import { LedgerBar } from "../../charts/ledger-bar.tsx";
import { ledgerCounts } from "../../charts/ledger-states.ts";
import { DataTable, ErrorNote, Loading, Panel, type TableColumn } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { Denominators } from "../run/denominators.tsx";

interface Line extends PooledRates {
  readonly key: string;
  readonly words: string;
}

function lineWords({ model, benchmark }: PooledRates): string {
  if (model === null) return "All cells together";
  return benchmark === null ? `${model} · all benchmarks` : `${model} · ${benchmark}`;
}

function rateAt(place: number, header: string): TableColumn<Line> {
  return {
    id: `rate-${String(place)}`,
    header,
    cell: ({ rates }) => formatRate(rates[place]?.rate.rate ?? null),
    align: "end",
    width: 92,
  };
}

const columns: readonly TableColumn<Line>[] = [
  {
    id: "words",
    header: "Cell or pool",
    cell: (line) => (
      <span className="cut" title={line.words}>
        {line.over === "cell" ? line.words : <strong>{line.words}</strong>}
      </span>
    ),
    width: "1fr",
    minWidth: 220,
    isRowHeader: true,
  },
  { id: "n", header: "n", cell: ({ rates }) => formatCount(rates[0]?.rate.n ?? 0), align: "end", width: 60 },
  rateAt(0, "Headline"),
  rateAt(1, "Errors out"),
  rateAt(2, "Invalid. in"),
  rateAt(3, "Both"),
];

/** One line under all four denominators, and its ledger. */
function LineDetail({ line }: { readonly line: Line }): ReactNode {
  return (
    <Panel title={line.words} hint={formatCounted(line.runs, "run")}>
      <div className="denominator-detail">
        <span className="ink2">
          {formatCounted(line.ledger.planned, "planned attempt")}: {ledgerCounts(line.ledger) || "none"}
        </span>
        <LedgerBar id="denominator-ledger" title={`Attempts of ${line.words} by state`} ledger={line.ledger} />
        <Denominators label={`Solve rates of ${line.words} by denominator`} rates={line.rates} />
      </div>
    </Panel>
  );
}

/** Every cell and pool under each denominator; the chosen one with its intervals, their method and unit. */
export function DenominatorView({ campaign }: { readonly campaign: Campaign }): ReactNode {
  const pooled = useQuery("campaigns.denominators", { campaignId: campaign.id });
  const [chosen, setChosen] = useState("0");
  if (pooled.status === "loading") return <Loading />;
  if (pooled.status === "failed") return <ErrorNote failure={pooled.failure} />;
  const lines = pooled.data.map((one, place) => ({ ...one, key: String(place), words: lineWords(one) }));
  const line = lines.find(({ key }) => key === chosen) ?? lines[0];
  return (
    <>
      <Panel title="Cells and pools" hint="solve rate under each denominator" flush fill>
        <DataTable
          label="Cells and pools by denominator"
          columns={columns}
          rows={lines}
          rowKey={(one) => one.key}
          rowText={(one) => one.words}
          selection="single"
          selected={line === undefined ? [] : [line.key]}
          onSelect={([key]) => {
            if (key !== undefined) setChosen(key);
          }}
          height="fill"
          empty="The plan has no cell."
        />
      </Panel>
      {line === undefined ? null : <LineDetail line={line} />}
    </>
  );
}
