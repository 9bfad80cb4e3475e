import type { ReactNode } from "react";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { ComboBox, ErrorNote, Note, Select, TextField, type Option } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { usePlaces } from "../campaigns/compartments.tsx";
import type { OpenDraft, OpenFaults } from "./open-draft.ts";

/** Stands for none in a list: no id begins with it. */
const none = "-";

function orNull(id: string): string | null {
  return id === none ? null : id;
}

function useVersions(): { readonly options: readonly Option[]; readonly areThere: boolean } {
  const models = useQuery("models.list", {});
  const list = models.status === "ready" ? models.data : [];
  return {
    options: list.flatMap(({ developer, versions }) =>
      versions.map(({ id, words }): Option => ({ id, label: words, detail: developer })),
    ),
    areThere: models.status === "ready",
  };
}

export interface OpenPartProps {
  readonly draft: OpenDraft;
  readonly put: (part: Partial<OpenDraft>) => void;
  readonly faults: OpenFaults;
}

/** A submission may name the versions that it is of: with one only there is nothing to choose. */
export function SubmissionField({ draft, put }: OpenPartProps): ReactNode {
  const submissions = useQuery("submissions.list", {});
  if (submissions.status === "failed") return <ErrorNote failure={submissions.failure} />;
  const list = submissions.status === "ready" ? submissions.data : [];
  return (
    <Select
      label="Submission"
      options={[
        { id: none, label: "None" },
        ...list.map(({ id, code, codename, developer }): Option => ({
          id,
          label: `${code} · ${codename}`,
          detail: developer,
        })),
      ]}
      value={draft.submissionId ?? none}
      onChange={(id) => {
        const versions = list.find((one) => one.id === id)?.submitted?.modelVersions ?? [];
        const only = versions.length === 1 ? versions[0]?.id : undefined;
        put({ submissionId: orNull(id), modelVersionId: draft.modelVersionId ?? only ?? null });
      }}
      description={draft.submissionId === null ? undefined : "The determination is kept where it is kept."}
    />
  );
}

export function EvidenceField({ draft, put }: OpenPartProps): ReactNode {
  const reports = useQuery("reports.list", {});
  if (reports.status === "failed") return <ErrorNote failure={reports.failure} />;
  const list = reports.status === "ready" ? reports.data : [];
  const chosen = list.find(({ id }) => id === draft.reportId);
  return (
    <Select
      label="Report as evidence"
      options={[
        { id: none, label: "None" },
        ...list.map(({ id, code, title, state }): Option => ({ id, label: `${code} · ${title}`, detail: state })),
      ]}
      value={draft.reportId ?? none}
      onChange={(id) => {
        put({ reportId: orNull(id) });
      }}
      description={
        chosen?.contentHash === null
          ? "A draft has no hash yet: freeze it first, or nobody can tell later what it said."
          : "Its code and the hash of its content are written down."
      }
    />
  );
}

export function SupersedesField({ draft, put }: OpenPartProps): ReactNode {
  const determinations = useQuery("determinations.list", {});
  const list = (determinations.status === "ready" ? determinations.data : []).filter(
    ({ kind, supersededBy }) => kind === draft.kind && supersededBy === null,
  );
  if (list.length === 0) return null;
  return (
    <Select
      label="Supersedes"
      options={[
        { id: none, label: "None" },
        ...list.map(({ id, code, modelVersion }): Option => ({ id, label: `${code} · ${modelVersion.words}` })),
      ]}
      value={draft.supersedes?.id ?? none}
      onChange={(id) => {
        const earlier = list.find((one) => one.id === id);
        put({ supersedes: earlier === undefined ? null : { id, compartment: earlier.compartment } });
      }}
      description="The earlier one stays as it was, and says what superseded it."
    />
  );
}

/** Who will read it: asked only where nothing that it rests on says so, and there is more than one place. */
export function KeptIn({ draft, put }: OpenPartProps): ReactNode {
  const places = usePlaces();
  const follows = draft.submissionId !== null || draft.reportId !== null || draft.supersedes !== null;
  if (follows || places.length < 2) return null;
  const shared = places.find(({ kind }) => kind === "shared");
  return (
    <Select
      label="Kept in"
      options={places.map(({ id, name, holders }) => ({
        id: String(id),
        label: name,
        detail: `${formatCounted(holders.length, "member")} can read it`,
      }))}
      value={String(draft.compartment ?? shared?.id ?? "")}
      onChange={(id) => {
        put({ compartment: Number(id) === shared?.id ? null : Number(id) });
      }}
      description="It cannot be moved later."
    />
  );
}

/** The exact version that it is over. */
export function VersionField({ draft, put, faults }: OpenPartProps): ReactNode {
  const versions = useVersions();
  if (versions.areThere && versions.options.length === 0) {
    return (
      <Note tone="warn" title="No model is in this vault">
        Add the exact version under Models first.
      </Note>
    );
  }
  return versions.areThere ? (
    <ComboBox
      label="Model version"
      options={versions.options}
      value={draft.modelVersionId}
      onChange={(modelVersionId) => {
        put({ modelVersionId });
      }}
      placeholder="Type a name"
      error={faults.modelVersionId}
    />
  ) : null;
}

/** Name and version of the profile: its values are kept elsewhere. */
export function ProfileField({ draft, put }: OpenPartProps): ReactNode {
  return (
    <TextField
      label="Threshold profile"
      optional
      value={draft.thresholdProfile}
      onChange={(thresholdProfile) => {
        put({ thresholdProfile });
      }}
      placeholder="Name and version"
      maxLength={1_000}
      description="Its name and version only. Never write its values here."
    />
  );
}
