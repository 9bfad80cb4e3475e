import type { ReactNode } from "react";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import type { ReviewRound } from "../../../electron/contract/reviewing.ts";
import { Panel, Tag } from "../../parts/index.ts";
import { ShareBar } from "../reviews/share-bar.tsx";

/** How far each reviewer is. In a blind round that is open, those who judge in it see numbers in place of names. */
export function ReviewersPanel({ round }: { readonly round: ReviewRound }): ReactNode {
  return (
    <Panel title="Reviewers" hint={formatCounted(round.reviewers.length, "person", "people")} flush>
      <ul className="round-reviewers">
        {round.reviewers.map((reviewer) => (
          <li key={reviewer.name}>
            <span className="round-reviewer cut">{reviewer.name}</span>
            {reviewer.isMe ? <Tag>you</Tag> : null}
            <ShareBar label={`Judged by ${reviewer.name}`} done={reviewer.done} total={reviewer.assigned} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
