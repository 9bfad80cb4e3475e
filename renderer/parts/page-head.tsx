import type { ReactNode } from "react";
import { DoorLink } from "./door-link.tsx";
import "./page-head.css";

/** The heading that takes the focus when a screen opens. */
export const pageTitleId = "page-title";

export interface PageHeadProps {
  readonly title: string;
  /** One line under the title: what this is and where it comes from. */
  readonly lead?: ReactNode;
  readonly tags?: ReactNode;
  readonly actions?: ReactNode;
  /** The way back up: "Campaigns" → the list. */
  readonly up?: { readonly words: string; readonly onPress: () => void } | undefined;
}

/** Title, one line about it, its state and what can be done with it. One to a page. */
export function PageHead({ title, lead, tags, actions, up }: PageHeadProps): ReactNode {
  return (
    <header className="page-head">
      <div className="page-head-words">
        {up ? (
          <DoorLink onPress={up.onPress} sign="left">
            {up.words}
          </DoorLink>
        ) : null}
        <h1 id={pageTitleId} tabIndex={-1}>
          {title}
        </h1>
        {lead === undefined ? null : <p>{lead}</p>}
      </div>
      {tags === undefined && actions === undefined ? null : (
        <div className="page-head-actions">
          {tags}
          {actions}
        </div>
      )}
    </header>
  );
}
