import type { ReactNode } from "react";
import type { Contributor, HandoverRecord, KeyFingerprint, Newness } from "../../../electron/contract/handover.ts";
import { Tag } from "../../parts/index.ts";
import "./handover.css";

/** A key as people compare it: read aloud, hex for the eye, words for the ear. */
export function Fingerprint({ fingerprint }: { readonly fingerprint: KeyFingerprint }): ReactNode {
  return (
    <div className="handover-fingerprint">
      <span className="mono">{fingerprint.hex}</span>
      <span>{fingerprint.words}</span>
    </div>
  );
}

const standings = {
  member: { words: "of this vault", tone: "ok", sign: "ok" },
  accepted: { words: "accepted before", tone: "ok", sign: "ok" },
  new: { words: "not compared yet", tone: "warn", sign: "warn" },
} as const;

/** Whether somebody's key is known here. */
export function StandingTag({ standing }: { readonly standing: Contributor["standing"] }): ReactNode {
  const look = standings[standing];
  return (
    <Tag tone={look.tone} sign={look.sign}>
      {look.words}
    </Tag>
  );
}

const newnesses = {
  new: { words: "new", tone: "accent", sign: "plus" },
  changed: { words: "changed", tone: "review", sign: "up" },
  known: { words: "known", tone: "plain", sign: "none" },
} as const;

/** Whether something of a package is here already. */
export function NewnessTag({ newness }: { readonly newness: Newness }): ReactNode {
  const look = newnesses[newness];
  return (
    <Tag tone={look.tone} sign={look.sign} faint={newness === "known"}>
      {look.words}
    </Tag>
  );
}

/** "runs", "an assignment": what a package carries. */
export const kindWords: Readonly<Record<HandoverRecord["kind"], string>> = {
  runs: "runs",
  assignment: "assignment",
};

/** A name as part of a file name: letters, digits and hyphens. */
export function fileNamePart(name: string): string {
  const plain = name
    .toLowerCase()
    .normalize("NFKD")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return plain === "" ? "member" : plain;
}
