import { useEffect, useState, useSyncExternalStore, type ReactNode } from "react";
import type { FrozenReport } from "../../../electron/contract/frozen-report.ts";
import type { Report } from "../../../electron/contract/reporting.ts";
import { ErrorNote, frozenBlocks, MarkdownText, Note, Panel, readFrozenReport } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import type { Failure } from "../../../electron/contract/result.ts";
import { SectionEditor } from "./section-editor.tsx";
import { SectionList } from "./section-list.tsx";
import type { SectionDrafts, SectionText } from "./section-drafts.ts";
import { checkWording } from "./wording-check.ts";

type Section = Report["sections"][number];

function WordingNote({ markdown }: { readonly markdown: string }): ReactNode {
  const wordings = checkWording(markdown);
  if (wordings.length === 0) return null;
  return (
    <Note tone="warn" title="This report advises; it decides nothing">
      <ul className="report-wording">
        {wordings.map(({ found, say, count }) => (
          <li key={found}>
            <b>{found}</b>
            {count === 1 ? "" : ` (${String(count)} times)`}: rather <i>{say}</i>
          </li>
        ))}
      </ul>
    </Note>
  );
}

/** Figures or tables as they stand now; their reference in plain words until the numbers are there. */
function blockOf(frozen: FrozenReport | null, kind: "figure" | "table", id: string): ReactNode {
  if (frozen === null) return <span className="ink3">The {kind} is being made…</span>;
  return (
    frozenBlocks(frozen, kind, id) ?? (
      <span className="ink3">{`No ${kind} called ${id} yet: comparisons are made when the section is saved.`}</span>
    )
  );
}

function LivePreview({
  reportId,
  section,
  text,
}: {
  readonly reportId: string;
  readonly section: Section;
  readonly text: SectionText;
}): ReactNode {
  const hasBlock = /^\s*\[\[(?:figure|table):[^\]]+\]\]\s*$/m.test(text.markdown);
  const preview = useQuery("reports.preview", hasBlock ? { reportId } : null);
  const frozen = preview.status === "ready" ? readFrozenReport(preview.data.json) : null;
  return (
    <div className="report-live">
      <h3>
        {text.portion === "" ? null : <span className="ink3">({text.portion}) </span>}
        {section.heading}
      </h3>
      {preview.status === "failed" && hasBlock ? <ErrorNote failure={preview.failure} /> : null}
      {text.markdown.trim() === "" ? (
        <p className="ink3">Nothing was written here yet.</p>
      ) : (
        <MarkdownText markdown={text.markdown} block={(kind, id) => blockOf(frozen, kind, id)} />
      )}
    </div>
  );
}

interface BuilderProps {
  readonly report: Report;
  readonly drafts: SectionDrafts;
  readonly failure: Failure | null;
}

function savedText(section: Section): SectionText {
  return { markdown: section.markdown, portion: section.portion };
}

/** Where a draft is written: its sections, the one in hand, what belongs into it and how it will read. */
export function Builder({ report, drafts, failure }: BuilderProps): ReactNode {
  useSyncExternalStore(drafts.subscribe, drafts.version);
  const [chosen, setChosen] = useState<string | null>(null);
  const textOf = (section: Section): SectionText => drafts.text(section.id) ?? savedText(section);
  const section = report.sections.find((candidate) => candidate.id === chosen) ?? report.sections[0];
  useEffect(
    () => () => {
      void drafts.flush();
    },
    [drafts],
  );
  if (section === undefined) return <Note>This report has no sections.</Note>;
  const text = textOf(section);
  return (
    <div className="report-builder">
      <SectionList
        sections={report.sections.map((one) => ({
          id: one.id,
          heading: one.heading,
          portion: textOf(one).portion,
          isEmpty: textOf(one).markdown.trim() === "",
          warnings: checkWording(textOf(one).markdown).length,
        }))}
        selected={section.id}
        onSelect={(id) => {
          void drafts.flush();
          setChosen(id);
        }}
      />
      <Panel label="Editor" flush fill>
        {failure === null ? null : <ErrorNote failure={failure} />}
        <SectionEditor
          key={section.id}
          section={section}
          text={text}
          blocks={report.blocks}
          saveState={drafts.state}
          onChange={(next) => {
            drafts.write(section.id, next, savedText(section));
          }}
          onLeave={() => void drafts.flush()}
        />
      </Panel>
      <Panel label="Guidance and how it reads" flush fill>
        <div className="stack report-reads" role="group" aria-label="How the section reads" tabIndex={0}>
          <Note title="What belongs here">{section.guidance}</Note>
          <WordingNote markdown={text.markdown} />
          <LivePreview reportId={report.id} section={section} text={text} />
        </div>
      </Panel>
    </div>
  );
}
