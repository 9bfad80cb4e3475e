import { useId, useRef, type ReactNode } from "react";
import type { Report } from "../../../electron/contract/reporting.ts";
import { MenuButton, TextField } from "../../parts/index.ts";
import type { SaveState, SectionText } from "./section-drafts.ts";

type Block = Report["blocks"][number];
type Section = Report["sections"][number];

const saveWords: Readonly<Record<SaveState, string>> = {
  saved: "Saved",
  changed: "Not saved yet",
  saving: "Saving…",
  failed: "Not saved",
};

/** The text with a block on a line of its own at the cursor, and where the cursor stands after it. */
function withBlock(text: string, at: number, block: Block): { readonly text: string; readonly cursor: number } {
  const before = text.slice(0, at).replace(/\n*$/, "");
  const after = text.slice(at).replace(/^\n*/, "");
  const start = `${before === "" ? "" : `${before}\n\n`}[[${block.kind}:${block.id}]]\n\n`;
  return { text: `${start}${after}`, cursor: start.length };
}

interface SectionEditorProps {
  readonly section: Section;
  readonly text: SectionText;
  readonly blocks: readonly Block[];
  readonly saveState: SaveState;
  readonly onChange: (text: SectionText) => void;
  readonly onLeave: () => void;
}

/** Markdown of one section, its portion marking, and a menu of the figures and tables that it may place. */
export function SectionEditor(props: SectionEditorProps): ReactNode {
  const { section, text, blocks, saveState, onChange, onLeave } = props;
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const insert = (block: Block): void => {
    const next = withBlock(text.markdown, area.current?.selectionStart ?? text.markdown.length, block);
    onChange({ ...text, markdown: next.text });
    // After the menu has given the focus back.
    setTimeout(() => {
      area.current?.focus();
      area.current?.setSelectionRange(next.cursor, next.cursor);
    }, 50);
  };
  return (
    <div className="report-editor">
      <div className="report-editor-bar">
        <label className="report-editor-label" htmlFor={id}>
          {section.heading}
        </label>
        <span className={`report-saved ${saveState}`} role="status">
          {saveWords[saveState]}
        </span>
        <div className="report-editor-portion">
          <TextField
            label="Portion marking"
            hideLabel
            low
            placeholder="Portion"
            value={text.portion}
            maxLength={100}
            onChange={(portion) => {
              onChange({ ...text, portion: portion.toUpperCase() });
            }}
            onBlur={onLeave}
          />
        </div>
        <MenuButton
          entries={blocks.map((block) => ({
            id: `${block.kind}:${block.id}`,
            words: `${block.kind === "figure" ? "Figure" : "Table"}: ${block.title}`,
            run: () => {
              insert(block);
            },
          }))}
        >
          Insert
        </MenuButton>
      </div>
      <textarea
        id={id}
        ref={area}
        className="input mono report-text"
        value={text.markdown}
        placeholder="Write in Markdown. Figures and tables are placed by Insert."
        spellCheck="false"
        maxLength={200_000}
        onChange={(event) => {
          onChange({ ...text, markdown: event.target.value });
        }}
        onBlur={onLeave}
      />
    </div>
  );
}
