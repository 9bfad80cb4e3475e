import type { CommandId } from "../../electron/contract/app-commands.ts";
import type { VaultState } from "../../electron/contract/vault.ts";
import type { ScreenId } from "../state/view.ts";

type Counts = Extract<VaultState, { open: true }>["counts"];

export interface Section {
  readonly screen: ScreenId;
  readonly words: string;
  readonly command: CommandId | null;
  readonly count: keyof Counts | null;
  /** Screens that belong to it and keep it marked in the navigation. */
  readonly holds: readonly ScreenId[];
}

/** The navigation, in groups: what is planned, measured, told, and the vault itself. */
export const sectionGroups: readonly { readonly words: string | null; readonly sections: readonly Section[] }[] = [
  {
    words: null,
    sections: [{ screen: "overview", words: "Overview", command: "go.overview", count: null, holds: [] }],
  },
  {
    words: "Plan",
    sections: [
      { screen: "models", words: "Models", command: "go.models", count: "models", holds: [] },
      {
        screen: "benchmarks",
        words: "Benchmarks",
        command: "go.benchmarks",
        count: "benchmarks",
        holds: ["benchmark"],
      },
      { screen: "campaigns", words: "Campaigns", command: "go.campaigns", count: "campaigns", holds: ["campaign"] },
      {
        screen: "submissions",
        words: "Submissions",
        command: "go.submissions",
        count: null,
        holds: ["submission", "determination"],
      },
      { screen: "timeline", words: "Timeline", command: "go.timeline", count: null, holds: [] },
    ],
  },
  {
    words: "Measure",
    sections: [
      { screen: "runs", words: "Runs", command: "go.runs", count: "runs", holds: ["run", "attempt", "import"] },
      { screen: "attempts", words: "Attempts", command: "go.attempts", count: null, holds: [] },
      { screen: "reviews", words: "Review", command: "go.reviews", count: "reviews", holds: ["review", "round"] },
      { screen: "search", words: "Search", command: "go.search", count: null, holds: [] },
      { screen: "compare", words: "Compare", command: "go.compare", count: null, holds: [] },
      { screen: "findings", words: "Findings", command: "go.findings", count: null, holds: ["finding"] },
    ],
  },
  {
    words: "Tell",
    sections: [
      {
        screen: "reports",
        words: "Reports",
        command: "go.reports",
        count: "reports",
        holds: ["report", "open-report"],
      },
      { screen: "recipients", words: "Recipients", command: "go.recipients", count: "recipients", holds: [] },
    ],
  },
  {
    words: "Vault",
    sections: [
      { screen: "journal", words: "Journal", command: "go.journal", count: null, holds: [] },
      { screen: "members", words: "Members", command: "go.members", count: "members", holds: [] },
      { screen: "settings", words: "Settings", command: "app.settings", count: null, holds: [] },
    ],
  },
];
