import type { ReactNode } from "react";
import { formatCount } from "../../electron/contract/number-text.ts";
import { classes } from "../parts/index.ts";
import { RowButton } from "./row-button.tsx";
import { shownCharacters } from "./reader.ts";
import type { FindText } from "./source.ts";
import { piecesOf } from "./text-pieces.ts";
import { cutText } from "./visible-text.ts";

export interface ItemTextProps {
  readonly text: string;
  readonly type: "said" | "machine";
  /** The log has more of it than is here. */
  readonly isCut: boolean;
  /** How many characters are shown. */
  readonly limit: number;
  readonly onLimit: (characters: number) => void;
  readonly find: FindText | null;
  readonly hit: { readonly offset: number; readonly length: number } | null;
}

/** What opening it shows. Of a text that is cut nobody knows yet how much there is. */
function moreWords(step: number, left: number, length: number, isCut: boolean): string {
  if (isCut) return `Show ${formatCount(step)} more characters; there are more in the log`;
  if (step < left) return `Show ${formatCount(step)} more of ${formatCount(left)} characters`;
  return `Show all ${formatCount(length)} characters`;
}

/** A text from a log, as text: never markup, never a link, nothing hidden. Long ones are cut until they are opened. */
export function ItemText({ text, type, isCut, limit, onLimit, find, hit }: ItemTextProps): ReactNode {
  if (text === "") return null;
  const { shown, left } = cutText(text, limit);
  const pieces = piecesOf(shown, find, hit);
  const step = Math.min(left, limit <= shownCharacters.closed ? shownCharacters.opened : limit);
  return (
    <>
      <pre className={classes("transcript-text", type)}>
        {pieces.map((piece, place) =>
          piece.look === "plain" ? (
            piece.text
          ) : (
            <mark key={place} className={piece.look} {...(piece.look === "hit" ? { "data-hit": "" } : {})}>
              {piece.text}
            </mark>
          ),
        )}
      </pre>
      {left === 0 && limit <= shownCharacters.closed ? null : (
        <div className="transcript-more">
          {left === 0 ? null : (
            <RowButton
              onPress={() => {
                onLimit(limit + step + 1);
              }}
            >
              {moreWords(step, left, text.length, isCut)}
            </RowButton>
          )}
          {text.length > shownCharacters.closed && limit > shownCharacters.closed ? (
            <RowButton
              onPress={() => {
                onLimit(shownCharacters.closed);
              }}
            >
              Show less
            </RowButton>
          ) : null}
        </div>
      )}
    </>
  );
}
