import type { ReactNode } from "react";
import { findingChannelWords } from "../../../electron/contract/finding-states.ts";
import type { Finding } from "../../../electron/contract/findings.ts";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { Button, DoorLink, MarkdownText, Panel, Tag, type SignName, type Tone } from "../../parts/index.ts";
import { dayWords, minuteWords } from "../../state/time-words.ts";
import { navigate } from "../../state/view.ts";
import { EvidenceRow } from "../attempt/facts.tsx";
import { channelWords } from "../findings/finding-words.tsx";
import { AnswerDue } from "./deadline-words.tsx";
import "../attempt/attempt.css";

interface PanelProps {
  readonly finding: Finding;
}

type Validation = Finding["validations"][number];

const resultLooks: Readonly<Record<Validation["result"], { words: string; tone: Tone; sign: SignName }>> = {
  reproduced: { words: "reproduced", tone: "ok", sign: "ok" },
  refuted: { words: "refuted", tone: "bad", sign: "invalid" },
  unvalidated: { words: "could not tell", tone: "plain", sign: "unknown" },
};

function ValidationItem({ validation }: { readonly validation: Validation }): ReactNode {
  const { result, at, byName, secondLook, steps, environment, evidence } = validation;
  const { words, ...look } = resultLooks[result];
  return (
    <li className="stack tight finding-act">
      <span className="row">
        <Tag {...look}>{words}</Tag>
        {secondLook ? <Tag tone="review">second look</Tag> : null}
        <span className="small ink3">
          {byName}, {minuteWords(at)}
        </span>
      </span>
      <MarkdownText markdown={steps} />
      {environment === "" ? null : <p className="small ink3">Environment: {environment}</p>}
      {evidence.length === 0 ? null : (
        <ul className="finding-evidence" aria-label="Evidence">
          {evidence.map((file) => (
            <EvidenceRow key={file.id} file={file} />
          ))}
        </ul>
      )}
    </li>
  );
}

interface ValidationPanelProps extends PanelProps {
  /** Null where nothing can be validated now. */
  readonly onValidate: (() => void) | null;
}

/** Who tried to reproduce it, how, and what came of it. */
export function ValidationPanel({ finding, onValidate }: ValidationPanelProps): ReactNode {
  const { validations } = finding;
  return (
    <Panel
      title="Validation and reproduction"
      hint={validations.length === 0 ? undefined : formatCounted(validations.length, "attempt")}
      flush={validations.length > 0}
      actions={
        onValidate === null ? undefined : (
          <Button size="small" onPress={onValidate}>
            Record a validation…
          </Button>
        )
      }
    >
      {validations.length === 0 ? (
        <p className="ink3">
          {finding.state === "recorded"
            ? "Triage it first. Then somebody else than who recorded it tries to reproduce it."
            : "Nobody has tried to reproduce it yet."}
        </p>
      ) : (
        <ol>
          {validations.map((validation) => (
            <ValidationItem key={validation.id} validation={validation} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

type Notice = Finding["timeline"][number];

interface NoticeItemProps {
  readonly notice: Notice;
  readonly mayTell: boolean;
  readonly onAnswer: () => void;
}

function NoticeItem({ notice, mayTell, onAnswer }: NoticeItemProps): ReactNode {
  const { party, at, byName, note, answerDueAt, answer } = notice;
  return (
    <li className="stack tight finding-act">
      <span className="row">
        <strong>{party.name}</strong>
        <Tag>{findingChannelWords[party.channel].toLowerCase()}</Tag>
        <span>told {dayWords(at)}</span>
        <span className="push">
          {answer === null ? (
            <span className="row">
              <AnswerDue dueAt={answerDueAt} />
              <Button size="small" isDisabled={!mayTell} onPress={onAnswer}>
                Answered…
              </Button>
            </span>
          ) : (
            <Tag tone="ok" sign="ok">
              answered {dayWords(answer.at)}
            </Tag>
          )}
        </span>
      </span>
      {answer === null || answer.words === "" ? null : <p className="finding-said">{answer.words}</p>}
      <span className="small ink3">
        {[note, `written down by ${byName}`].filter((part) => part !== "").join(" · ")}
      </span>
    </li>
  );
}

function Routes({ finding }: PanelProps): ReactNode {
  return (
    <ul className="finding-routes" aria-label="Routed to">
      {finding.routes.map(({ channel, name, recipientId, at }, place) => (
        <li key={`${channel} ${name} ${String(place)}`} className="row">
          <Tag sign="right" tone="accent">
            {findingChannelWords[channel].toLowerCase()}
          </Tag>
          <span>{name}</span>
          <span className="small ink3">routed {dayWords(at)}</span>
          {recipientId === null ? null : (
            <DoorLink
              onPress={() => {
                navigate("recipients", { id: recipientId });
              }}
            >
              recipient
            </DoorLink>
          )}
        </li>
      ))}
    </ul>
  );
}

interface ChannelPanelProps extends PanelProps {
  /** Null where it cannot be routed now. */
  readonly onRoute: (() => void) | null;
  readonly onTell: () => void;
  readonly onAnswer: (notice: Notice) => void;
}

/** To whom it goes, who was told when, and who answered; only the channel of its kind is ever here. */
export function ChannelPanel({ finding, onRoute, onTell, onAnswer }: ChannelPanelProps): ReactNode {
  const { routes, timeline, mayTell, kind } = finding;
  return (
    <Panel
      title="Who was told"
      hint={`only ${channelWords(kind).toLowerCase()}`}
      flush={routes.length > 0}
      actions={
        <>
          {onRoute === null ? null : (
            <Button size="small" onPress={onRoute}>
              {routes.length === 0 ? "Route…" : "Route to more…"}
            </Button>
          )}
          {routes.length === 0 ? null : (
            <Button size="small" isDisabled={!mayTell} onPress={onTell}>
              Somebody was told…
            </Button>
          )}
        </>
      }
    >
      {routes.length === 0 ? (
        <p className="ink3">
          Not routed yet, so nobody was told. A lead routes it to {channelWords(kind).toLowerCase()}.
        </p>
      ) : (
        <>
          <Routes finding={finding} />
          {timeline.length === 0 ? (
            <p className="finding-act ink3">It is not written down yet that anybody was told.</p>
          ) : null}
          <ol>
            {timeline.map((notice) => (
              <NoticeItem
                key={notice.id}
                notice={notice}
                mayTell={mayTell}
                onAnswer={() => {
                  onAnswer(notice);
                }}
              />
            ))}
          </ol>
        </>
      )}
    </Panel>
  );
}

/** Everything that was done to it, oldest first; what counts no longer says why. */
export function HistoryPanel({ finding }: PanelProps): ReactNode {
  return (
    <Panel title="History" hint="from the journal" flush>
      <ol className="attempt-history">
        {finding.history.map(({ id, at, byName, words, without }) => (
          <li key={id}>
            <span className={without === null ? undefined : "ink3"}>{words}</span>
            <span className="small ink3">
              {minuteWords(at)} · {byName}
              {without === null ? "" : ` · without effect: ${without}`}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
