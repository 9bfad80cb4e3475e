import type { ReactNode } from "react";
import type { Finding, FindingCard } from "../../../electron/contract/findings.ts";
import { findingKindWords } from "../../../electron/contract/finding-states.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import {
  Button,
  DescriptionList,
  DoorLink,
  MarkdownText,
  MarkingTag,
  Panel,
  type Described,
} from "../../parts/index.ts";
import { minuteWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import {
  channelWords,
  distributionWords,
  exploitWords,
  FindingStateTag,
  priorityWords,
  remediationWords,
} from "../findings/finding-words.tsx";
import { versionWords } from "./affected-draft.ts";
import { EmbargoWords } from "./deadline-words.tsx";

interface PanelProps {
  readonly finding: Finding;
}

interface EditProps extends PanelProps {
  readonly onEdit: () => void;
}

const texts = [
  { id: "summary", title: "Summary" },
  { id: "impact", title: "Impact" },
  { id: "mitigation", title: "Mitigation" },
  { id: "detection", title: "Detection" },
] as const;

/** What people wrote of it. */
export function TextPanel({ finding, onEdit }: EditProps): ReactNode {
  const written = texts.filter(({ id }) => finding.fields[id].trim() !== "");
  return (
    <Panel
      title="What it is"
      actions={
        <Button size="small" label="Edit the finding" isDisabled={!finding.mayEdit} onPress={onEdit}>
          Edit…
        </Button>
      }
    >
      {written.length === 0 ? (
        <p className="ink3">Nothing is written yet. An export needs at least a summary.</p>
      ) : (
        <div className="stack">
          {written.map(({ id, title }) => (
            <section key={id} className="stack close" aria-label={title}>
              <h3>{title}</h3>
              <MarkdownText markdown={finding.fields[id]} />
            </section>
          ))}
        </div>
      )}
    </Panel>
  );
}

function sourceFacts({ source }: Finding): readonly Described[] {
  const { modelVersion, run, attempt } = source;
  const facts: Described[] = [];
  if (modelVersion !== null) {
    facts.push({
      term: "Model",
      value: (
        <>
          {modelVersion.words}
          <span className="small ink3 finding-under">{modelVersion.developer}</span>
        </>
      ),
    });
  }
  if (run !== null) {
    facts.push({
      term: "Seen in",
      value: (
        <>
          <DoorLink
            onPress={() => {
              navigate("run", { id: run.id });
            }}
          >
            {run.code}
          </DoorLink>
          {attempt === null ? null : (
            <span className="finding-under finding-apart">
              <DoorLink
                onPress={() => {
                  navigate("attempt", { run: run.id, task: attempt.task, epoch: String(attempt.epoch) });
                }}
              >
                {attempt.task}, epoch {attempt.epoch}
              </DoorLink>
            </span>
          )}
        </>
      ),
    });
  }
  return facts;
}

function noted(words: string, note: string): ReactNode {
  return (
    <>
      {words}
      {note === "" ? null : <span className="small ink3 finding-under">{note}</span>}
    </>
  );
}

function handlingFacts({ fields }: Finding): readonly Described[] {
  const { remediation, distribution, aliases, sink } = fields;
  return [
    { term: "Priority", value: priorityWords[fields.priority] },
    { term: "Exploit", value: exploitWords[fields.exploitMaturity] },
    { term: "Embargo", value: <EmbargoWords until={fields.embargoUntil} /> },
    { term: "Remediation", value: noted(remediationWords[remediation.state], remediation.note) },
    { term: "Distribution", value: noted(distributionWords[distribution.state], distribution.note) },
    ...(sink === "" ? [] : [{ term: "Goes wrong in", value: sink, mono: true }]),
    ...(aliases.length === 0 ? [] : [{ term: "Other names", value: aliases.join(", ") }]),
  ];
}

/** Where it comes from and how it is handled. */
export function FactPanel({ finding }: PanelProps): ReactNode {
  return (
    <Panel title="Facts">
      <DescriptionList
        items={[
          {
            term: "Kind",
            value: noted(findingKindWords[finding.kind], `only to ${channelWords(finding.kind).toLowerCase()}`),
          },
          ...sourceFacts(finding),
          ...handlingFacts(finding),
          { term: "Marking", value: <MarkingTag marking={finding.fields.marking} /> },
          { term: "Recorded", value: noted(minuteWords(finding.recordedAt), finding.recordedBy) },
        ]}
      />
    </Panel>
  );
}

/** Which products and versions are affected. */
export function AffectedPanel({ finding, onEdit }: EditProps): ReactNode {
  const { affected } = finding.fields;
  return (
    <Panel
      title="Affected"
      hint={affected.length === 0 ? undefined : formatCounted(affected.length, "product")}
      actions={
        <Button size="small" label="Change affected products" isDisabled={!finding.mayEdit} onPress={onEdit}>
          {affected.length === 0 ? "Name products…" : "Change…"}
        </Button>
      }
    >
      {affected.length === 0 ? (
        <p className="ink3">No product is named, so no other finding can be told to be the same.</p>
      ) : (
        <ul className="finding-affected">
          {affected.map((one, place) => (
            <li key={`${one.vendor} ${one.product} ${String(place)}`}>
              <span>
                <strong>{one.product === "" ? one.package : one.product}</strong>{" "}
                <span className="ink2">{one.vendor}</span>
              </span>
              <span className="small ink3">
                {[one.component, [one.ecosystem, one.package].filter((part) => part !== "").join(": ")]
                  .filter((part) => part !== "")
                  .join(" · ")}
              </span>
              <span className="finding-versions">
                {versionWords(one).length === 0 ? (
                  <span className="ink3">no version named</span>
                ) : (
                  versionWords(one).join("; ")
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

/** The weaknesses of CWE that it is. */
export function WeaknessPanel({ finding, onEdit }: EditProps): ReactNode {
  return (
    <Panel
      title="Weaknesses"
      actions={
        <Button size="small" label="Choose weaknesses" isDisabled={!finding.mayEdit} onPress={onEdit}>
          Choose…
        </Button>
      }
    >
      {finding.cwes.length === 0 ? (
        <p className="ink3">None chosen from CWE.</p>
      ) : (
        <ul className="finding-list">
          {finding.cwes.map(({ id, name }) => (
            <li key={id}>
              <span className="mono">{id}</span> {name}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Cards({ title, cards }: { readonly title: string; readonly cards: readonly FindingCard[] }): ReactNode {
  if (cards.length === 0) return null;
  return (
    <section className="stack close" aria-label={title}>
      <h3>{title}</h3>
      <ul className="finding-list">
        {cards.map((card) => (
          <li key={card.id} className="finding-other">
            <DoorLink
              onPress={() => {
                navigate("finding", { id: card.id });
              }}
            >
              {card.code}
            </DoorLink>
            <span className="cut" title={card.title}>
              {card.title}
            </span>
            <FindingStateTag state={card.state} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface DuplicatePanelProps extends PanelProps {
  /** Null where it cannot be marked from its state. */
  readonly onMark: (() => void) | null;
}

/** Which findings are the same, which may be, and the keys by which that is told. */
export function DuplicatePanel({ finding, onMark }: DuplicatePanelProps): ReactNode {
  const { duplicateOf, duplicates, possibleDuplicates, keys } = finding;
  const isAlone = duplicateOf === null && duplicates.length === 0 && possibleDuplicates.length === 0;
  return (
    <Panel
      title="Duplicates"
      actions={
        onMark === null ? undefined : (
          <Button size="small" label="Mark as a duplicate" onPress={onMark}>
            Mark…
          </Button>
        )
      }
    >
      <div className="stack">
        {isAlone ? (
          <p className="ink3">{keys.length === 0 ? "No product, so no key to tell by." : "None known."}</p>
        ) : null}
        <Cards title="It is a duplicate of" cards={duplicateOf === null ? [] : [duplicateOf]} />
        <Cards title="Duplicates of it" cards={duplicates} />
        <Cards title="With the same key" cards={possibleDuplicates} />
        {keys.length === 0 ? null : (
          <section className="stack close" aria-label="Keys">
            <h3>{keys.length === 1 ? "Key" : "Keys"}</h3>
            {keys.map((key) => (
              <span key={key} className="mono small ink2 finding-key">
                {key}
              </span>
            ))}
            <span className="small ink3">Others who found the same flaw have the same key.</span>
          </section>
        )}
      </div>
    </Panel>
  );
}
