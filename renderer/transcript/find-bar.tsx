import { useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from "react";
import { Button as AriaButton, Input, TextField } from "react-aria-components";
import { searchLimits } from "../../electron/contract/searching.ts";
import { formatCount } from "../../electron/contract/number-text.ts";
import { Button, ErrorNote, IconButton, IconSign, classes } from "../parts/index.ts";
import { progressWords } from "../state/progress-words.ts";
import { mostFound, type FindInTranscript, type FindState } from "./find-in-transcript.ts";

interface FindBarProps {
  readonly find: FindInTranscript;
  readonly onClose: () => void;
}

function FoundWords({ state, find }: { readonly state: FindState; readonly find: FindInTranscript }): ReactNode {
  if (state.isRunning) {
    return (
      <>
        <span className="transcript-side">{state.progress === null ? "Searching" : progressWords(state.progress)}</span>
        <Button
          size="small"
          onPress={() => {
            find.cancel();
          }}
        >
          Cancel
        </Button>
      </>
    );
  }
  if (state.total === null) return null;
  if (state.total === 0) return <span className="transcript-side">Not found</span>;
  const most = state.total > mostFound ? `, the first ${formatCount(mostFound)} are marked` : "";
  return (
    <span className="transcript-side">
      {state.at === null ? formatCount(state.total) : `${formatCount(state.at + 1)} of ${formatCount(state.total)}`}
      {most}
    </span>
  );
}

interface OptionProps {
  readonly label: string;
  readonly words: string;
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
}

function Option({ label, words, isOn, onChange }: OptionProps): ReactNode {
  return (
    <AriaButton
      className={classes("transcript-option", isOn && "on")}
      aria-label={label}
      aria-pressed={isOn}
      onPress={() => {
        onChange(!isOn);
      }}
    >
      {words}
    </AriaButton>
  );
}

/** Looks for a text in this transcript: Enter and N go on, Shift+N back, Escape closes. */
export function FindBar({ find, onClose }: FindBarProps): ReactNode {
  const state = useSyncExternalStore(find.subscribe, find.read);
  const [text, setText] = useState(state.text.text);
  const [caseSensitive, setCaseSensitive] = useState(state.text.caseSensitive);
  const [wholeWord, setWholeWord] = useState(state.text.wholeWord);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const wanted = { text, caseSensitive, wholeWord };
  const isAsked = JSON.stringify(wanted) === JSON.stringify(state.text);
  const go = (step: 1 | -1): void => {
    if (isAsked && !state.isRunning) find.go(step);
    else void find.start(wanted);
  };
  const restart = (change: Partial<typeof wanted>): void => {
    if (state.text.text !== "") void find.start({ ...wanted, ...change });
  };
  return (
    <div
      className="transcript-find"
      role="search"
      aria-label="In this transcript"
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <TextField
        aria-label="Find in this transcript"
        value={text}
        onChange={setText}
        maxLength={searchLimits.text}
        className="field low"
      >
        <div className="input-frame">
          <span className="search-sign">
            <IconSign name="search" />
          </span>
          <Input
            ref={input}
            className="input"
            placeholder="Find in this transcript"
            spellCheck="false"
            autoComplete="off"
            onKeyDown={(event) => {
              if (event.key !== "Enter") return;
              event.preventDefault();
              go(event.shiftKey ? -1 : 1);
            }}
          />
        </div>
      </TextField>
      <Option
        label="Match case"
        words="Aa"
        isOn={caseSensitive}
        onChange={(isOn) => {
          setCaseSensitive(isOn);
          restart({ caseSensitive: isOn });
        }}
      />
      <Option
        label="Whole words"
        words="ab|"
        isOn={wholeWord}
        onChange={(isOn) => {
          setWholeWord(isOn);
          restart({ wholeWord: isOn });
        }}
      />
      <IconButton
        sign="up"
        label="The hit before"
        isDisabled={state.hits.length === 0}
        onPress={() => {
          find.go(-1);
        }}
      />
      <IconButton
        sign="down"
        label="The next hit"
        isDisabled={state.hits.length === 0}
        onPress={() => {
          find.go(1);
        }}
      />
      <FoundWords state={state} find={find} />
      {state.failure === null ? null : <ErrorNote failure={state.failure} />}
      <span className="push">
        <IconButton sign="close" label="Close the search" onPress={onClose} />
      </span>
    </div>
  );
}
