import { useState, type ReactNode } from "react";
import { ChartFiles } from "../../chart-files/chart-files.tsx";
import { RowChart } from "../../charts/row-chart.tsx";
import type { RequestInput } from "../../../electron/contract/index.ts";
import { formatCount, formatCounted, formatInterval, formatRate } from "../../../electron/contract/number-text.ts";
import type { AgreementFigure, ReviewAgreement } from "../../../electron/contract/reviewing.ts";
import { EmptyState, ErrorNote, Loading, Panel, RadioGroup } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import {
  agreementChart,
  agreementCsv,
  agreementMethod,
  agreementSummary,
  coefficients,
  coefficientWords,
  missingWords,
  type Coefficient,
} from "./agreement-figures.ts";
import "./reviews.css";

const options = [
  { id: "kappa", label: "Kappa" },
  { id: "alpha", label: "Alpha" },
  { id: "raw", label: "Raw" },
] as const satisfies readonly { id: Coefficient; label: string }[];

/** Of the chart, in pixels. */
const chartWidth = 720;

function Figure({ figure }: { readonly figure: AgreementFigure }): ReactNode {
  if (figure.value === null) return <span className="small ink3">{missingWords(figure)}</span>;
  return (
    <>
      <span>{formatRate(figure.value)}</span>
      <span className="small ink3">{figure.interval === null ? "no interval" : formatInterval(figure.interval)}</span>
    </>
  );
}

/** All three coefficients of every question, with the counts that they are made of. */
function AgreementTable({ agreement }: { readonly agreement: ReviewAgreement }): ReactNode {
  return (
    <div className="agreement-scroll" tabIndex={0} role="region" aria-label="Agreement in numbers">
      <table className="agreement-table">
        <thead>
          <tr>
            <th scope="col">Question</th>
            <th scope="col" className="num">
              Both · one · none
            </th>
            {coefficients.map((by) => (
              <th key={by} scope="col" className="num">
                {coefficientWords[by]}
              </th>
            ))}
            <th scope="col" className="num">
              n items
            </th>
          </tr>
        </thead>
        <tbody>
          {agreement.rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.words}</th>
              <td className="num ink2">
                {row.table === null
                  ? ""
                  : `${formatCount(row.table.both)} · ${formatCount(row.table.one)} · ${formatCount(row.table.none)}`}
              </td>
              {coefficients.map((by) => (
                <td key={by} className="num">
                  <Figure figure={row[by]} />
                </td>
              ))}
              <td className="num">{formatCount(row.raw.n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Methods({ agreement }: { readonly agreement: ReviewAgreement }): ReactNode {
  const { revisedAfterSight } = agreement;
  return (
    <p className="small ink3">
      Kappa and alpha: {agreementMethod(agreement, "kappa")}. Raw: {agreementMethod(agreement, "raw")}.
      {revisedAfterSight === 0
        ? ""
        : ` ${formatCounted(revisedAfterSight, "judgement")} changed after seeing the other’s: here they count as they were before.`}
    </p>
  );
}

interface FiguresProps {
  readonly agreement: ReviewAgreement;
  readonly by: Coefficient;
  readonly id: string;
}

function Figures({ agreement, by, id }: FiguresProps): ReactNode {
  const chart = agreementChart(agreement, by);
  return (
    <div className="agreement">
      <p className="ink2">{agreementSummary(agreement, by)}</p>
      {chart.body.kind === "rows" ? (
        <div className="agreement-chart" tabIndex={0} role="region" aria-label={chart.title}>
          <RowChart
            id={id}
            name="agreement"
            title={chart.title}
            summary={chart.summary}
            plan={chart.body.plan}
            width={chartWidth}
          />
        </div>
      ) : null}
      <AgreementTable agreement={agreement} />
      <Methods agreement={agreement} />
    </div>
  );
}

interface AgreementPanelProps {
  /** A round, or all rounds of a campaign. */
  readonly of: RequestInput<"reviews.agreement">;
  /** Takes the height that is left and scrolls inside. */
  readonly fill?: boolean;
}

/** How far reviewers agree: kappa, alpha and raw, each with n, interval, method and unit; a picture and its table. */
export function AgreementPanel({ of, fill = false }: AgreementPanelProps): ReactNode {
  const agreement = useQuery("reviews.agreement", of);
  const [by, setBy] = useState<Coefficient>("kappa");
  if (agreement.status === "loading") return <Loading words="Counting agreement" />;
  if (agreement.status === "failed") return <ErrorNote failure={agreement.failure} />;
  const { data } = agreement;
  if (data.items === 0) {
    return (
      <Panel title="Agreement of reviewers" fill={fill}>
        <EmptyState title="No item was judged by two yet">
          {data.rounds === 0
            ? "Open a round in which two people judge each attempt: how far they agree is then shown here."
            : "It is counted over items that two people judged, each before seeing the other’s judgement."}
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel
      title="Agreement of reviewers"
      fill={fill}
      hint={`${formatCounted(data.items, "item")} judged by two`}
      actions={
        <>
          <RadioGroup label="Coefficient" hideLabel look="segments" options={options} value={by} onChange={setBy} />
          <ChartFiles chart={agreementChart(data, by)} denominator={null} numbers={() => agreementCsv(data)} />
        </>
      }
    >
      <Figures agreement={data} by={by} id={`agreement-${"roundId" in of ? of.roundId : of.campaignId}`} />
    </Panel>
  );
}
