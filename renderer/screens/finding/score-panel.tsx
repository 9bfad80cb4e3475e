import { useState, type ReactNode } from "react";
import type { CvssScore, Finding } from "../../../electron/contract/findings.ts";
import { Button, DescriptionList, ErrorNote, Panel, RadioGroup } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { SeverityTag } from "../findings/finding-words.tsx";

/** "9.3 critical  CVSS-B, v4.0". */
export function ScoreLine({ score }: { readonly score: CvssScore }): ReactNode {
  return (
    <div className="row" aria-live="polite">
      <SeverityTag severity={score.severity} score={score.score} />
      <span className="small ink3">
        {score.nomenclature ?? "CVSS"} v{score.version ?? ""}, computed from the vector
      </span>
    </div>
  );
}

/** What each metric of a vector says, by group. */
function Metrics({ score }: { readonly score: CvssScore }): ReactNode {
  const groups = [...new Set(score.metrics.map(({ group }) => group))];
  return (
    <>
      {groups.map((group) => (
        <section key={group} className="stack close" aria-label={`${group} metrics`}>
          <h3>{group}</h3>
          <table className="finding-metrics">
            <thead className="visually-hidden">
              <tr>
                <th scope="col">Metric</th>
                <th scope="col">Value</th>
                <th scope="col">What it says</th>
              </tr>
            </thead>
            <tbody>
              {score.metrics
                .filter((metric) => metric.group === group)
                .map(({ id, name, value, words, explanation }) => (
                  <tr key={id}>
                    <th scope="row">
                      {name} <span className="mono ink3">{id}</span>
                    </th>
                    <td>
                      {words} <span className="mono ink3">{value}</span>
                    </td>
                    <td className="ink2">{explanation}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </section>
      ))}
    </>
  );
}

function Vector({ vector }: { readonly vector: string }): ReactNode {
  const score = useQuery("findings.score", { vector });
  if (score.status === "failed") return <ErrorNote failure={score.failure} />;
  if (score.status === "loading") return null;
  return (
    <div className="stack">
      <div className="stack close">
        <ScoreLine score={score.data} />
        <span className="mono finding-vector">{score.data.vector ?? vector}</span>
      </div>
      <Metrics score={score.data} />
    </div>
  );
}

const versions = [
  { id: "v4", label: "v4.0" },
  { id: "v3", label: "v3.1" },
] as const;

function OnScale({ finding }: { readonly finding: Finding }): ReactNode {
  const scales = useQuery("findings.scales", {});
  const { severity } = finding.fields;
  if (severity.scheme !== "scale") return null;
  const scale = scales.status === "ready" ? scales.data.find(({ id }) => id === severity.scale) : undefined;
  const items = (scale?.dimensions ?? []).map(({ id, words, levels }) => {
    const level = levels.find((one) => one.id === severity.dimensions[id]);
    return { term: words, value: level?.words ?? <span className="ink3">not said</span> };
  });
  return (
    <div className="stack tight">
      <div className="row">
        <SeverityTag severity={finding.severity} />
        <span>{finding.severityWords}</span>
      </div>
      <DescriptionList look="counts" items={items} />
    </div>
  );
}

/** How severe it is and why: the score of each vector metric by metric, or the level on the team's scale. */
export function ScorePanel({ finding, onRate }: { readonly finding: Finding; readonly onRate: () => void }): ReactNode {
  const { severity } = finding.fields;
  const vectors = severity.scheme === "cvss" ? { v4: severity.v4, v3: severity.v3 } : { v4: null, v3: null };
  const [shown, setShown] = useState<"v4" | "v3">(vectors.v4 === null ? "v3" : "v4");
  const hasBoth = vectors.v4 !== null && vectors.v3 !== null;
  const vector = vectors[shown] ?? vectors.v4 ?? vectors.v3;
  return (
    <Panel
      title="Severity"
      actions={
        <>
          {hasBoth ? (
            <RadioGroup
              look="segments"
              hideLabel
              label="CVSS version"
              options={versions}
              value={shown}
              onChange={setShown}
            />
          ) : null}
          <Button size="small" label="Change the severity" isDisabled={!finding.mayEdit} onPress={onRate}>
            {severity.scheme === "unset" ? "Rate…" : "Change…"}
          </Button>
        </>
      }
    >
      {severity.scheme === "unset" ? <p className="ink3">Nobody has rated it yet.</p> : null}
      {vector === null ? null : <Vector key={vector} vector={vector} />}
      <OnScale finding={finding} />
    </Panel>
  );
}
