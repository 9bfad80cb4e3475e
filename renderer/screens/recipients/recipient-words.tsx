import type { ReactNode } from "react";
import type { Recipient } from "../../../electron/contract/reporting.ts";
import { Tag } from "../../parts/index.ts";

/** What each kind of key is, in a word or two and in a sentence. */
export const keyKindWords: Readonly<Record<Recipient["keyKind"], { readonly short: string; readonly long: string }>> = {
  classic: { short: "classic", long: "X25519. Opens with every age tool." },
  "post-quantum": {
    short: "post-quantum",
    long: "ML-KEM-768 with X25519. Withstands a quantum computer; needs a recent age tool.",
  },
};

/** Whether the fingerprint was compared with its owner, as a sign and a word. */
export function ComparedTag({ recipient }: { readonly recipient: Recipient }): ReactNode {
  if (recipient.retiredAt !== null) return <Tag sign="invalid">retired</Tag>;
  if (recipient.compared === null) {
    return (
      <Tag tone="warn" sign="warn">
        never compared
      </Tag>
    );
  }
  return (
    <Tag tone="ok" sign="ok">
      compared
    </Tag>
  );
}

/** A fingerprint as it is read out: groups of hex digits, and the same as words. */
export function Fingerprint({ hex, words }: { readonly hex: string; readonly words: string }): ReactNode {
  return (
    <div className="recipients-fingerprint">
      <span className="mono">{hex}</span>
      <span>{words}</span>
    </div>
  );
}
