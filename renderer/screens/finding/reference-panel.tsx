import type { ReactNode } from "react";
import type { Finding } from "../../../electron/contract/findings.ts";
import { Button, Panel, Tag } from "../../parts/index.ts";

interface PanelProps {
  readonly finding: Finding;
}

function CreditNames({ finding }: PanelProps): ReactNode {
  const { credits } = finding.fields;
  if (credits.length === 0) return null;
  return (
    <section className="stack close" aria-label="Credits">
      <h3>Credits</h3>
      <p>{credits.map(({ name, role }) => `${name} (${role.replaceAll("-", " ")})`).join(", ")}</p>
    </section>
  );
}

/** Who is credited, and what others wrote of it. Addresses are text: nothing is opened. */
export function ReferencePanel({ finding, onEdit }: PanelProps & { readonly onEdit: () => void }): ReactNode {
  const { credits, references } = finding.fields;
  return (
    <Panel
      title="Credits and references"
      actions={
        <Button size="small" label="Change credits and references" isDisabled={!finding.mayEdit} onPress={onEdit}>
          Change…
        </Button>
      }
    >
      <div className="stack">
        {credits.length + references.length === 0 ? (
          <p className="ink3">None. An export as a CVE draft needs a reference.</p>
        ) : null}
        <CreditNames finding={finding} />
        {references.length === 0 ? null : (
          <ul className="finding-list">
            {references.map(({ url, title, kind }) => (
              <li key={`${kind} ${url}`} className="finding-reference">
                <Tag>{kind}</Tag> {title === "" ? null : <span>{title}</span>}
                <span className="mono small ink2 finding-key">{url}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}
