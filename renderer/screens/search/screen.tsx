import { useState, useSyncExternalStore, type ReactNode } from "react";
import type { Screen } from "../../app/screen.ts";
import { searchLimits } from "../../../electron/contract/searching.ts";
import { formatCount, formatCounted } from "../../../electron/contract/number-text.ts";
import {
  Button,
  Checkbox,
  ComboBox,
  EmptyState,
  ErrorNote,
  Note,
  PageHead,
  Panel,
  Progress,
  Select,
  TextField,
  type Option,
} from "../../parts/index.ts";
import { useScreenCommands } from "../../state/commands.ts";
import { byteWords, progressWords } from "../../state/progress-words.ts";
import { useQuery } from "../../state/service.ts";
import { useStatusHint } from "../../state/status-hint.ts";
import type { Params } from "../../state/view.ts";
import { transcriptSearch, type SearchAsked, type SearchView } from "../../transcript/transcript-search.ts";
import { HitList } from "./hit-list.tsx";
import {
  groupOf,
  kindOptions,
  kindsOf,
  scopeOf,
  scopeOptions,
  type KindGroup,
  type ScopeKind,
} from "./search-choices.ts";
import "./search.css";

interface Form {
  readonly text: string;
  readonly caseSensitive: boolean;
  readonly wholeWord: boolean;
  readonly kinds: KindGroup;
  readonly scope: ScopeKind;
  readonly which: string | null;
}

/** Where the form begins: at what the screen was opened on, else where was searched last, else the whole vault. */
function firstPlace({ run, campaign }: Params, asked: SearchAsked | null): Pick<Form, "scope" | "which"> {
  if (run !== undefined) return { scope: "run", which: run };
  if (campaign !== undefined) return { scope: "campaign", which: campaign };
  const scope = asked?.scope;
  return scope?.kind === "run" || scope?.kind === "campaign"
    ? { scope: scope.kind, which: scope.id }
    : { scope: "vault", which: null };
}

function firstForm(params: Params, { asked }: SearchView): Form {
  const { text = "", caseSensitive = false, wholeWord = false, kinds = null } = asked ?? {};
  return { text, caseSensitive, wholeWord, kinds: groupOf(kinds), ...firstPlace(params, asked) };
}

/** Campaigns or runs that can be searched by themselves. */
function usePlaces(scope: ScopeKind): readonly Option[] {
  const runs = useQuery("runs.list", scope === "run" ? {} : null);
  const campaigns = useQuery("campaigns.list", scope === "campaign" ? {} : null);
  if (scope === "run" && runs.status === "ready") {
    return runs.data.map(({ id, code, benchmark, modelVersion }) => ({
      id,
      label: `${code} · ${benchmark.title} · ${modelVersion.words}`,
    }));
  }
  if (scope === "campaign" && campaigns.status === "ready")
    return campaigns.data.map(({ id, name }) => ({ id, label: name }));
  return [];
}

interface SearchFormProps {
  readonly form: Form;
  readonly onForm: (change: Partial<Form>) => void;
  readonly onStart: () => void;
  readonly isReady: boolean;
  readonly isRunning: boolean;
}

function SearchForm({ form, onForm, onStart, isReady, isRunning }: SearchFormProps): ReactNode {
  const places = usePlaces(form.scope);
  return (
    <form
      className="search-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onStart();
      }}
    >
      <div className="search-text">
        <TextField
          label="Text"
          value={form.text}
          onChange={(text) => {
            onForm({ text });
          }}
          placeholder="A flag, a path, a command, a name"
          maxLength={searchLimits.text}
          autoFocus={form.text === ""}
          mono
        />
      </div>
      <Select
        label="Where"
        options={scopeOptions}
        value={form.scope}
        onChange={(scope) => {
          onForm({ scope, which: null });
        }}
      />
      {form.scope === "vault" ? null : (
        <div className="search-which">
          <ComboBox
            key={`${form.scope} ${String(places.length)}`}
            label={form.scope === "run" ? "Run" : "Campaign"}
            options={places}
            value={form.which}
            onChange={(which) => {
              onForm({ which });
            }}
          />
        </div>
      )}
      <Select
        label="In"
        options={kindOptions}
        value={form.kinds}
        onChange={(kinds) => {
          onForm({ kinds });
        }}
      />
      <div className="search-options">
        <Checkbox
          isSelected={form.caseSensitive}
          onChange={(caseSensitive) => {
            onForm({ caseSensitive });
          }}
        >
          Match case
        </Checkbox>
        <Checkbox
          isSelected={form.wholeWord}
          onChange={(wholeWord) => {
            onForm({ wholeWord });
          }}
        >
          Whole words
        </Checkbox>
      </div>
      <Button type="submit" variant="primary" size="large" sign="search" isDisabled={!isReady} shortcut="Enter">
        {isRunning ? "Search anew" : "Search"}
      </Button>
    </form>
  );
}

function foundWords({ found, isRunning }: SearchView): string {
  if (found === null) return isRunning ? "Searching" : "";
  const hits = `${formatCounted(found.hits, "hit")} in ${formatCounted(found.attemptsWithHits, "attempt")}`;
  const kept = found.kept < found.hits ? `, the first ${formatCount(found.kept)} are shown` : "";
  if (isRunning) return `${hits} so far`;
  const searched = `${formatCounted(found.attempts, "transcript")} searched, ${byteWords(found.bytes)}`;
  return `${hits}${kept} · ${searched}${found.state === "stopped" ? " · stopped before the end" : ""}`;
}

function NotSearched({ found }: SearchView): ReactNode {
  if (found === null || found.notSearched.length === 0) return null;
  const words = found.notSearched
    .slice(0, 5)
    .map(({ what, name, count, reason }) => `${name ?? formatCounted(count, what)}: ${reason}`);
  const more = found.notSearched.length > 5 ? ` And ${formatCount(found.notSearched.length - 5)} more.` : "";
  return (
    <div className="search-notes">
      <Note tone="warn" title="Not searched">
        {words.join(" ")}
        {more}
      </Note>
    </div>
  );
}

/** How far the search is, or what it came to. */
function SearchLine({ view }: { readonly view: SearchView }): ReactNode {
  const { isRunning, progress } = view;
  if (!isRunning) return <span role="status">{foundWords(view)}</span>;
  return (
    <Progress
      look="line"
      step={foundWords(view)}
      done={progress?.done ?? 0}
      total={progress?.total ?? null}
      words={progress === null ? undefined : progressWords(progress)}
      onCancel={() => {
        transcriptSearch.cancel();
      }}
    />
  );
}

function Hits({ view }: { readonly view: SearchView }): ReactNode {
  if (view.id === null) {
    return (
      <Panel label="Hits" fill>
        <EmptyState title="Search what models, tools and people said" sign="search">
          Type a text: it is found as it stands, in every transcript of the place you choose. Nothing is indexed and
          nothing is written to disk; hits are in memory until the vault is locked.
        </EmptyState>
      </Panel>
    );
  }
  const hasEnded = !view.isRunning && view.failure === null;
  return (
    <Panel label="Hits" fill flush>
      <div className="search-state">
        <SearchLine view={view} />
      </div>
      {view.failure === null ? null : (
        <div className="search-notes">
          <ErrorNote failure={view.failure} />
        </div>
      )}
      {view.isRunning ? null : <NotSearched {...view} />}
      {hasEnded && view.found?.hits === 0 ? (
        <EmptyState title="Not found" sign="search">
          {view.found.state === "stopped"
            ? "Nowhere in what was searched before it was stopped. Search anew to look at the rest."
            : "Nowhere in what was searched. Try fewer letters, another place, or every kind of item."}
        </EmptyState>
      ) : (
        <HitList />
      )}
    </Panel>
  );
}

/** One text, looked for in many transcripts. Hits come while the search goes on; Enter opens a hit, Alt+← comes back. */
function SearchScreen({ params }: { readonly params: Params }): ReactNode {
  const view = useSyncExternalStore(transcriptSearch.subscribe, transcriptSearch.read);
  const [form, setForm] = useState(() => firstForm(params, view));
  const scope = scopeOf(form.scope, form.which);
  const isReady = form.text !== "" && scope !== null;
  const start = (): void => {
    if (scope === null || form.text === "") return;
    const { text, caseSensitive, wholeWord } = form;
    void transcriptSearch.start({ text, caseSensitive, wholeWord, scope, kinds: kindsOf(form.kinds) });
  };
  useScreenCommands([
    {
      id: "search.cancel",
      words: "Stop the search",
      isEnabled: view.isRunning,
      run: () => {
        transcriptSearch.cancel();
      },
    },
    {
      id: "search.forget",
      words: "Forget the hits",
      isEnabled: view.id !== null,
      run: () => {
        transcriptSearch.forget();
      },
    },
  ]);
  useStatusHint("Enter search · ↑ ↓ hits · Enter open at the hit · Alt ← back");
  return (
    <div className="page">
      <PageHead
        title="Search transcripts"
        lead="Text as it stands, in memory alone: nothing is indexed, nothing is written to disk."
        actions={
          view.id === null ? null : (
            <Button
              onPress={() => {
                transcriptSearch.forget();
              }}
            >
              Forget the hits
            </Button>
          )
        }
      />
      <div className="page-body">
        <SearchForm
          form={form}
          onForm={(change) => {
            setForm({ ...form, ...change });
          }}
          onStart={start}
          isReady={isReady}
          isRunning={view.isRunning}
        />
        <Hits view={view} />
      </div>
    </div>
  );
}

export const screen: Screen = { id: "search", Component: SearchScreen };
