import type { ReactNode } from "react";
import type { Contributor, HandoverPreview } from "../../../electron/contract/handover.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { Checkbox, Note, Panel } from "../../parts/index.ts";
import { Fingerprint, StandingTag } from "./words.tsx";

/** Everybody whose key a person must compare before the package can be taken. */
export function newContributors({ sender, others }: HandoverPreview): readonly Contributor[] {
  return [sender, ...others].filter(({ standing }) => standing === "new");
}

interface WhoProps {
  readonly who: Contributor;
  readonly part: string;
  readonly isAccepted: boolean;
  readonly onAccept: (isAccepted: boolean) => void;
}

function Who({ who, part, isAccepted, onAccept }: WhoProps): ReactNode {
  return (
    <li className="handover-who">
      <div className="row">
        <strong>{who.name}</strong>
        <span className="push">
          <StandingTag standing={who.standing} />
        </span>
      </div>
      <p className="small ink2">{`${part} · vault “${who.vaultName}” · ${formatCounted(who.events, "event")}`}</p>
      <Fingerprint fingerprint={who.fingerprint} />
      {who.signed ? null : (
        <p className="small ink2">Signed nothing in it: somebody of their vault vouches for what they did.</p>
      )}
      {who.standing === "new" ? (
        <Checkbox isSelected={isAccepted} onChange={onAccept}>
          I compared this fingerprint with {who.name}, and it is the same
        </Checkbox>
      ) : null}
    </li>
  );
}

interface PackagePeopleProps {
  readonly preview: HandoverPreview;
  readonly accepted: ReadonlySet<string>;
  readonly onAccept: (accepted: ReadonlySet<string>) => void;
}

/** Who packed it and whose work it carries; keys that are not known here are to be compared first. */
export function PackagePeople({ preview, accepted, onAccept }: PackagePeopleProps): ReactNode {
  const { sender, others, newContributor } = preview;
  const put = (key: string, isAccepted: boolean): void => {
    const next = new Set(accepted);
    if (isAccepted) next.add(key);
    else next.delete(key);
    onAccept(next);
  };
  return (
    <Panel title="From whom" hint="who signed it, by their keys">
      <div className="stack">
        {newContributor ? (
          <Note tone="warn" title="Compare it by another way than this file came">
            Call them, or meet them: whoever made this file could have written any name into it. Once accepted, a key is
            remembered in this vault.
          </Note>
        ) : null}
        <ul>
          {[sender, ...others].map((who) => (
            <Who
              key={who.key}
              who={who}
              part={who === sender ? "Packed it" : "Took part"}
              isAccepted={accepted.has(who.key)}
              onAccept={(isAccepted) => {
                put(who.key, isAccepted);
              }}
            />
          ))}
        </ul>
      </div>
    </Panel>
  );
}
