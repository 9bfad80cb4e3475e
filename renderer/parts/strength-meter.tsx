import { useEffect, useState, type ReactNode } from "react";
import { classes } from "./defined.ts";
import { guessingWords, passphraseStrength, requiredScore, type PassphraseStrength } from "./passphrase-strength.ts";

const scoreWords = ["Very easy to guess", "Easy to guess", "Could be guessed", "Hard to guess", "Very hard to guess"];

/** Estimates while the passphrase is typed, a moment after the last key. */
export function usePassphraseStrength(passphrase: string, related: readonly string[]): PassphraseStrength | null {
  const [strength, setStrength] = useState<PassphraseStrength | null>(null);
  const relatedKey = related.join("\n");
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      if (passphrase === "") {
        setStrength(null);
        return;
      }
      void passphraseStrength(passphrase, relatedKey.split("\n")).then((result) => {
        if (current) setStrength(result);
      });
    }, 120);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [passphrase, relatedKey]);
  return passphrase === "" ? null : strength;
}

function meterTone(score: number): "bad" | "warn" | "ok" {
  if (score >= requiredScore) return "ok";
  return score === 2 ? "warn" : "bad";
}

interface StrengthMeterProps {
  readonly passphrase: string;
  readonly related: readonly string[];
}

/** Four bars and a sentence. It says what the estimate rests on and never praises. */
export function StrengthMeter({ passphrase, related }: StrengthMeterProps): ReactNode {
  const strength = usePassphraseStrength(passphrase, related);
  const score = strength?.score ?? 0;
  return (
    <div className={classes("strength", meterTone(score))}>
      <div className="strength-bars" aria-hidden="true">
        {[1, 2, 3, 4].map((bar) => (
          <span key={bar} className={strength !== null && score >= bar ? "on" : ""} />
        ))}
      </div>
      <div className="strength-words" aria-live="polite">
        {strength === null ? (
          "Several unrelated words work well. Nobody can recover it for you."
        ) : (
          <>
            <b>{scoreWords[score]}</b>
            {`: ${guessingWords(strength.guessesLog10)} of guessing on one graphics card.`}
            {score < requiredScore && strength.advice !== null ? ` ${strength.advice}` : ""}
          </>
        )}
      </div>
    </div>
  );
}
