import type { ReactNode } from "react";
import type { Consultation, Determination } from "../../../electron/contract/determinations.ts";
import { Button, defined, EmptyState, MarkingTag, Panel } from "../../parts/index.ts";
import { consultationSums, ConsultationTag } from "../determinations/determination-words.tsx";
import { isGoingOn, mayAnswer, type Over } from "./over.ts";

interface ConsultationsPanelProps {
  readonly determination: Determination;
  readonly mayDecide: boolean;
  readonly onOver: (over: Over) => void;
}

/** "Asked on 2026-11-02, due on 2026-11-16". */
function askedWords({ askedOn, dueOn }: Consultation): string {
  return `Asked on ${askedOn}, ${dueOn === null ? "no date to answer by" : `to answer by ${dueOn}`}`;
}

function Answer({ answer }: Pick<Consultation, "answer">): ReactNode {
  if (answer === null) return null;
  return (
    <>
      {answer.words.trim() === "" ? null : <p className="determination-words">{answer.words}</p>}
      <div className="row">
        <MarkingTag marking={answer.marking} />
        <span className="small ink3">
          {answer.kind === "no-response" ? "Noted" : "Answered"} on {answer.on}, written down by {answer.by}
        </span>
      </div>
    </>
  );
}

interface RowProps {
  readonly consultation: Consultation;
  /** null: nothing of it can be written down any more. */
  readonly onAnswer: (() => void) | null;
  readonly mayDecide: boolean;
}

function Row({ consultation, onAnswer, mayDecide }: RowProps): ReactNode {
  const { body, person, answer } = consultation;
  const act = answer === null ? "Answer…" : "It answered after all…";
  return (
    <li className="determination-consultation">
      <div className="determination-row-words">
        <div className="determination-row-head">
          <h3>{body}</h3>
          <span className="ink3">{person}</span>
          <span className="push">
            <ConsultationTag consultation={consultation} />
          </span>
        </div>
        <p className="small ink3">{askedWords(consultation)}</p>
        <Answer answer={answer} />
        {onAnswer === null ? null : (
          <div className="row">
            <Button size="small" label={`${act} ${body}`} isDisabled={!mayDecide} onPress={onAnswer}>
              {act}
            </Button>
          </div>
        )}
      </div>
    </li>
  );
}

/** Who was asked, until when, and what each answered; that nobody answered by the date is an answer too. */
export function ConsultationsPanel({ determination, mayDecide, onOver }: ConsultationsPanelProps): ReactNode {
  const { consultations } = determination;
  const goesOn = isGoingOn(determination);
  const { words, rest } = consultationSums(determination);
  const ask = (variant?: "primary"): ReactNode =>
    goesOn ? (
      <Button
        size="small"
        {...defined({ variant })}
        shortcut="Alt+C"
        isDisabled={!mayDecide}
        onPress={() => {
          onOver({ what: "ask" });
        }}
      >
        Consult a body…
      </Button>
    ) : undefined;
  if (consultations.length === 0) {
    return (
      <Panel title="Consultations">
        <EmptyState title={goesOn ? "Nobody was asked yet" : "Nobody was asked"} action={ask("primary")}>
          Whoever is consulted concurs, comments, does not concur, or does not answer by the date. Each is written down.
        </EmptyState>
      </Panel>
    );
  }
  return (
    <Panel title="Consultations" hint={rest === "" ? words : `${words} · ${rest}`} actions={ask()} flush>
      <ul className="determination-rows">
        {consultations.map((one) => (
          <Row
            key={one.id}
            consultation={one}
            mayDecide={mayDecide}
            onAnswer={
              goesOn && mayAnswer(one)
                ? () => {
                    onOver({ what: "answer", consultation: one.id });
                  }
                : null
            }
          />
        ))}
      </ul>
    </Panel>
  );
}
