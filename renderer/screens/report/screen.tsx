import { useState, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import { reportTemplates } from "../../../electron/contract/report-templates.ts";
import type { Report } from "../../../electron/contract/reporting.ts";
import {
  Button,
  ErrorNote,
  FrozenReportView,
  Loading,
  MarkingTag,
  Note,
  PageHead,
  ReportStateTag,
  Tabs,
  readFrozenReport,
} from "../../parts/index.ts";
import { useScreenCommands, type ScreenCommand } from "../../state/commands.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import { navigate, type Params } from "../../state/view.ts";
import { useRights } from "../runs/rights.ts";
import { Builder } from "./builder.tsx";
import { FreezeDialog, RetitleDialog, ReviseDialog } from "./release-dialogs.tsx";
import { ReleaseView } from "./release-view.tsx";
import { SealDialog } from "./seal-dialog.tsx";
import { SignDialog } from "./sign-dialog.tsx";
import { signaturesMissing } from "./signing.ts";
import { SectionDrafts } from "./section-drafts.ts";
import { Stepper } from "./stepper.tsx";
import "./report.css";

type View = "write" | "preview" | "release";
type Over = "freeze" | "sign" | "seal" | "revise" | "retitle";

/** The report as its files will show it, or show it. */
function Preview({ reportId }: { readonly reportId: string }): ReactNode {
  const preview = useQuery("reports.preview", { reportId });
  if (preview.status === "loading") return <Loading />;
  if (preview.status === "failed") return <ErrorNote failure={preview.failure} />;
  const frozen = readFrozenReport(preview.data.json);
  if (frozen === null) return <Note tone="bad" title="This report is of a form that cannot be shown" />;
  return <FrozenReportView report={frozen} />;
}

/** What can be done with the report now, the next step first. */
function useSteps(report: Report, open: (over: Over) => void): readonly (ScreenCommand & { readonly short: string })[] {
  const { mayDecide } = useRights();
  const vault = useQuery("vault.state", {});
  const self = vault.status === "ready" && vault.data.open ? vault.data.member.id : "";
  const isSignedBySelf = report.signatures.some((signature) => signature.by === self);
  const step = (id: Over, words: string, short: string): ScreenCommand & { readonly short: string } => ({
    id: `report.${id}`,
    words,
    short,
    isEnabled: mayDecide,
    run: () => {
      open(id);
    },
  });
  if (report.state === "draft") {
    return [
      { ...step("freeze", "Freeze the report", "Freeze"), shortcut: "CmdOrCtrl+Enter" },
      step("retitle", "Retitle the report", "Retitle"),
    ];
  }
  const revise = step("revise", "Start a new revision", "New revision");
  if (!isSignedBySelf) return [{ ...step("sign", "Sign the report", "Sign"), shortcut: "CmdOrCtrl+Enter" }, revise];
  const seal = step("seal", "Seal the report", "Seal");
  if (signaturesMissing(report) === 0) return [{ ...seal, shortcut: "CmdOrCtrl+Enter" }, revise];
  const second = step("sign", "Sign as a second lead who is here", "Second signature");
  return [{ ...second, shortcut: "CmdOrCtrl+Enter" }, seal, revise];
}

function Dialogs({
  over,
  report,
  drafts,
  onClose,
}: {
  readonly over: Over | null;
  readonly report: Report;
  readonly drafts: SectionDrafts;
  readonly onClose: () => void;
}): ReactNode {
  switch (over) {
    case "freeze":
      return <FreezeDialog report={report} onClose={onClose} flush={() => drafts.flush()} />;
    case "sign":
      return <SignDialog report={report} onClose={onClose} />;
    case "seal":
      return <SealDialog report={report} onClose={onClose} />;
    case "revise":
      return <ReviseDialog report={report} onClose={onClose} />;
    case "retitle":
      return <RetitleDialog report={report} onClose={onClose} />;
    case null:
      return null;
  }
}

function leadOf(report: Report): string {
  const parts = [
    `${report.code} revision ${String(report.revision)}`,
    reportTemplates[report.template].title,
    report.scopeWords,
    report.author,
  ];
  return parts.join(" · ");
}

function firstView(report: Report, params: Params): View {
  const { view } = params;
  if (view === "preview" || view === "release") return view;
  return report.state === "draft" ? "write" : "preview";
}

function hintOf(view: View, report: Report): string {
  const next = report.state === "draft" ? "Ctrl ↵ freeze" : "Ctrl ↵ next step";
  return view === "write" && report.state === "draft" ? `↑ ↓ sections · saved as you write · ${next}` : next;
}

function OpenReport({ report, params }: { readonly report: Report; readonly params: Params }): ReactNode {
  const [view, setView] = useState<View>(firstView(report, params));
  const [over, setOver] = useState<Over | null>(null);
  const write = useCommand("reports.write");
  const [drafts] = useState(
    () =>
      new SectionDrafts(async (sectionId, text) => {
        const result = await write.run({ reportId: report.id, sectionId, ...text });
        return result.ok;
      }),
  );
  const { mayDecide } = useRights();
  const steps = useSteps(report, setOver);
  useScreenCommands(steps);
  useStatusHint(hintOf(view, report));
  const canWrite = report.state === "draft" && mayDecide;
  const shown = view === "write" && !canWrite ? "preview" : view;
  const tabs = [
    ...(canWrite
      ? [
          {
            id: "write" as const,
            words: "Write",
            content: <Builder report={report} drafts={drafts} failure={write.failure} />,
          },
        ]
      : []),
    {
      id: "preview" as const,
      words: "Preview",
      content: (
        <div className="report-scrolls" role="group" aria-label="The report as it will read" tabIndex={0}>
          <Preview reportId={report.id} />
        </div>
      ),
    },
    {
      id: "release" as const,
      words: "Signatures and sealing",
      content: (
        <div className="report-scrolls">
          <ReleaseView report={report} />
        </div>
      ),
    },
  ];
  return (
    <div className="page">
      <PageHead
        title={report.title}
        lead={leadOf(report)}
        up={{
          words: "Reports",
          onPress: () => {
            navigate("reports");
          },
        }}
        tags={
          <>
            <MarkingTag marking={report.marking} />
            <ReportStateTag state={report.state} />
          </>
        }
        actions={steps
          .map((step, index) => (
            <Button
              key={step.id}
              variant={index === 0 ? "primary" : "plain"}
              isDisabled={step.isEnabled === false}
              onPress={step.run}
            >
              {step.short}
            </Button>
          ))
          .reverse()}
      />
      <div className="page-body">
        <Stepper report={report} />
        <Tabs label="Report" tabs={tabs} value={shown} onChange={setView} />
      </div>
      <Dialogs
        over={over}
        report={report}
        drafts={drafts}
        onClose={() => {
          setOver(null);
        }}
      />
    </div>
  );
}

/** One report on its way from a draft to a sealed file. */
function ReportScreen({ params }: { readonly params: Params }): ReactNode {
  const id = params["id"] ?? "";
  const report = useQuery("reports.get", { reportId: id });
  if (report.status === "ready") {
    return (
      <OpenReport key={`${report.data.id} ${String(report.data.revision)}`} report={report.data} params={params} />
    );
  }
  return (
    <div className="page">
      <PageHead
        title="Report"
        up={{
          words: "Reports",
          onPress: () => {
            navigate("reports");
          },
        }}
      />
      {report.status === "loading" ? <Loading /> : null}
      <div className="page-body">{report.status === "failed" ? <ErrorNote failure={report.failure} /> : null}</div>
    </div>
  );
}

export const screen: Screen = { id: "report", Component: ReportScreen };
