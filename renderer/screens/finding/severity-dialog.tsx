import { useEffect, useState, type ReactNode } from "react";
import type { SeverityScale } from "../../../electron/contract/finding-fields.ts";
import type { Finding } from "../../../electron/contract/findings.ts";
import { ActDialog, Button, Loading, RadioGroup, Select, TextField, type Option } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { MetricFields } from "./metric-fields.tsx";
import { ScoreLine } from "./score-panel.tsx";
import type { CvssVersion } from "./vector-draft.ts";
import { severityDraft, severityOf, type SeverityDraft } from "./severity-draft.ts";
import { useEdit } from "./use-edit.ts";

/** Long enough that a vector is not scored at every letter. */
const pauseMs = 250;

function usePaused(value: string): string {
  const [paused, setPaused] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setPaused(value);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [value]);
  return paused;
}

interface VectorFieldProps {
  readonly version: CvssVersion;
  readonly start: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function VectorField({ version, start, value, onChange }: VectorFieldProps): ReactNode {
  const [byMetrics, setByMetrics] = useState(false);
  const paused = usePaused(value.trim());
  const score = useQuery("findings.score", paused === "" ? null : { vector: paused });
  return (
    <div className="stack tight">
      <TextField
        label={`CVSS v${version} vector`}
        optional
        mono
        lines={2}
        value={value}
        onChange={onChange}
        placeholder={start}
        maxLength={400}
        error={score.status === "ready" ? score.data.problem : null}
      />
      {paused !== "" && score.status === "ready" && score.data.problem === null ? (
        <ScoreLine score={score.data} />
      ) : null}
      <div className="row">
        <Button
          size="small"
          label={byMetrics ? `Hide the metrics of v${version}` : `Choose the metrics of v${version}`}
          onPress={() => {
            setByMetrics(!byMetrics);
          }}
        >
          {byMetrics ? "Hide the metrics" : "Choose by metric"}
        </Button>
      </div>
      {byMetrics ? <MetricFields version={version} vector={value} onChange={onChange} /> : null}
    </div>
  );
}

interface PartProps {
  readonly draft: SeverityDraft;
  readonly put: (part: Partial<SeverityDraft>) => void;
}

function VectorFields({ draft, put }: PartProps): ReactNode {
  return (
    <>
      <VectorField
        version="4.0"
        start="CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
        value={draft.v4}
        onChange={(v4) => {
          put({ v4 });
        }}
      />
      <VectorField
        version="3.1"
        start="CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
        value={draft.v3}
        onChange={(v3) => {
          put({ v3 });
        }}
      />
      <p className="small ink3">The score is computed from the vector. An advisory in CSAF 2.0 takes the v3.1 one.</p>
    </>
  );
}

function ScaleFields({ scale, draft, put }: PartProps & { readonly scale: SeverityScale }): ReactNode {
  return (
    <>
      <RadioGroup
        label="Level"
        options={scale.levels.map(({ id, words, severity }) => ({ id, label: words, detail: severity }))}
        value={draft.level}
        onChange={(level) => {
          put({ level });
        }}
      />
      {scale.dimensions.map(({ id, words, levels }) => (
        <Select
          key={id}
          label={words}
          options={levels.map((level): Option => ({ id: level.id, label: level.words }))}
          value={draft.dimensions[id] ?? null}
          onChange={(level) => {
            put({ dimensions: { ...draft.dimensions, [id]: level } });
          }}
          placeholder="Not said"
        />
      ))}
      <p className="small ink3">The level is a person’s judgement; it is never computed from the dimensions.</p>
    </>
  );
}

/** How severe it is: by CVSS vectors, or by a level of a scale that the team keeps. */
export function SeverityDialog({
  finding,
  onClose,
}: {
  readonly finding: Finding;
  readonly onClose: () => void;
}): ReactNode {
  const [draft, setDraft] = useState(() => severityDraft(finding));
  const [isLate, setIsLate] = useState(false);
  const scales = useQuery("findings.scales", {});
  const edit = useEdit(finding);
  const known = scales.status === "ready" ? scales.data : [];
  const scale = known.find(({ id }) => draft.scheme === `scale ${id}`);
  const severity = severityOf(draft);
  const put = (part: Partial<SeverityDraft>): void => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (severity !== null && (await edit.keep({ severity }))) onClose();
  };
  const schemes: readonly Option[] = [
    { id: "unset", label: "Not rated" },
    { id: "cvss", label: "CVSS" },
    ...known.map(({ id, name }) => ({ id: `scale ${id}`, label: name })),
  ];
  return (
    <ActDialog
      title={`Severity of ${finding.code}`}
      act="Keep the severity"
      command={edit}
      onAct={() => void submit()}
      onClose={onClose}
    >
      {scales.status === "loading" ? <Loading /> : null}
      <Select
        label="Rated by"
        options={schemes}
        value={draft.scheme}
        onChange={(scheme) => {
          put(scheme === draft.scheme ? {} : { scheme, level: null, dimensions: {} });
        }}
        error={isLate && severity === null ? (draft.scheme === "cvss" ? "Write a vector." : "Choose a level.") : null}
      />
      {draft.scheme === "cvss" ? <VectorFields draft={draft} put={put} /> : null}
      {scale === undefined ? null : <ScaleFields scale={scale} draft={draft} put={put} />}
    </ActDialog>
  );
}
