import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import type { ImportedFile, ImportReport } from "../../../electron/contract/importing.ts";
import { EmptyState, ErrorNote, Loading } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { keepPlace, type Params } from "../../state/view.ts";
import { noCampaign } from "./campaign-select.tsx";
import { ChooseView } from "./choose-view.tsx";
import { onlyTable, withTaken } from "./import-files.ts";
import { MapView } from "./map-view.tsx";
import { ReportView, type ShownImport } from "./report-view.tsx";
import "./import.css";

interface TableFile {
  readonly handle: string;
  readonly name: string;
}

/** Where an import is: what is taken in is chosen, its report is read, or a table's columns are mapped. */
interface Step {
  readonly table: TableFile | null;
  /** The import that was just made. */
  readonly made: ImportReport | null;
  /** The import that the table came from, where it held more: gone back to once the table was taken in. */
  readonly before: ImportReport | null;
  /** One that the vault remembers. */
  readonly recent: string | null;
}

function firstStep(params: Params): Step {
  const { file, name = "table", import: recent = null } = params;
  return { table: file === undefined ? null : { handle: file, name }, made: null, before: null, recent };
}

/** The report of an import that was made before: the files that became runs. */
function RecentReport({ id, onBack }: { readonly id: string; readonly onBack: () => void }): ReactNode {
  const recent = useQuery("imports.recent", {});
  if (recent.status === "loading") return <Loading />;
  if (recent.status === "failed") return <ErrorNote failure={recent.failure} />;
  const found = recent.data.find((one) => one.id === id);
  if (found === undefined)
    return <EmptyState title="This import is not among the newest 50">Its runs are in the list of runs.</EmptyState>;
  return <ReportView shown={{ ...found, cancelled: false }} onMap={null} onBack={onBack} />;
}

/** What the vault has come to say of an import since it was made. */
function useShown(made: ImportReport | null): ShownImport | null {
  const recent = useQuery("imports.recent", made === null ? null : {});
  if (made === null) return null;
  const known = recent.status === "ready" ? recent.data.find((one) => one.id === made.id) : undefined;
  return {
    ...made,
    byName: known?.byName ?? null,
    undone: known?.undone ?? false,
    keptBecause: known?.keptBecause ?? null,
  };
}

/** Takes results in from files: logs, tables, whole folders. */
function ImportScreen({ params }: { readonly params: Params }): ReactNode {
  const [campaign, setCampaign] = useState(params["campaign"] ?? noCampaign);
  const [step, setStep] = useState(() => firstStep(params));
  const shown = useShown(step.made);
  const choose = (): void => {
    keepPlace(campaign === noCampaign ? {} : { campaign });
    setStep({ table: null, made: null, before: null, recent: null });
  };
  const done = (report: ImportReport): void => {
    // Coming back from a run finds the report again, as the vault remembers it.
    if (report.id !== null) keepPlace({ campaign, import: report.id });
    const { table, made } = step;
    const isOfMore = table !== null && made !== null && onlyTable(made) === null;
    const before = isOfMore ? withTaken(made, table.handle, report) : null;
    setStep({ table: onlyTable(report), made: report, before, recent: null });
  };
  const back = (): void => {
    if (step.before === null) choose();
    else setStep({ table: null, made: step.before, before: null, recent: null });
  };
  if (step.table !== null) {
    return (
      <MapView
        key={step.table.handle}
        file={step.table}
        campaign={campaign}
        onDone={done}
        onBack={() => {
          if (step.made === null || onlyTable(step.made) !== null) choose();
          else setStep({ ...step, table: null });
        }}
      />
    );
  }
  if (step.recent !== null) return <RecentReport id={step.recent} onBack={choose} />;
  if (shown !== null) {
    return (
      <ReportView
        shown={shown}
        onBack={back}
        onMap={({ handle, file }: ImportedFile) => {
          if (handle !== null) setStep({ ...step, table: { handle, name: file } });
        }}
      />
    );
  }
  return (
    <ChooseView
      campaign={campaign}
      onCampaign={setCampaign}
      onDone={done}
      onRecent={(recent) => {
        keepPlace({ campaign, import: recent });
        setStep({ table: null, made: null, before: null, recent });
      }}
    />
  );
}

export const screen: Screen = { id: "import", Component: ImportScreen };
