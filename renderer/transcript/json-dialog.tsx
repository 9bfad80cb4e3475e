import { useEffect, useState, type ReactNode } from "react";
import { formatCount } from "../../electron/contract/number-text.ts";
import type { Failure, Result } from "../../electron/contract/result.ts";
import { transcriptLimits } from "../../electron/contract/transcripts.ts";
import { Button, Dialog, ErrorNote, Loading } from "../parts/index.ts";
import { copyText } from "./copy-item.ts";
import type { TranscriptReader } from "./reader.ts";
import type { WholeItem } from "./source.ts";
import { cutText, visibleText } from "./visible-text.ts";

interface JsonDialogProps {
  readonly reader: TranscriptReader;
  readonly index: number;
  readonly onClose: () => void;
}

/** Characters that are drawn at first, and more at each asking. */
const step = 50_000;

interface Raw {
  readonly json: string;
  readonly total: number;
}

/** JSON with one value a line; as it is where it is cut or holds what JSON does not know. */
function laidOutJson({ json, total }: Raw): string {
  if (json.length < total) return json;
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}

/** The JSON of one item, as the log holds it. Read in pages; never more is drawn than was asked for. */
export function JsonDialog({ reader, index, onClose }: JsonDialogProps): ReactNode {
  const [raw, setRaw] = useState<Raw | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [limit, setLimit] = useState(step);
  const [isReading, setIsReading] = useState(true);
  const take = (before: Raw | null, result: Result<WholeItem>): void => {
    setIsReading(false);
    if (result.ok) setRaw({ json: (before?.json ?? "") + result.value.raw.page, total: result.value.raw.total });
    else setFailure(result.error);
  };
  const readOn = async (before: Raw): Promise<void> => {
    setIsReading(true);
    take(before, await reader.source.item(index, 0, before.json.length));
  };
  useEffect(() => {
    let isCurrent = true;
    void reader.source.item(index, 0, 0).then((result) => {
      if (isCurrent) take(null, result);
    });
    return () => {
      isCurrent = false;
    };
  }, [reader, index]);
  const whole = raw === null ? "" : laidOutJson(raw);
  const { shown, left } = cutText(whole, limit);
  const unread = raw === null ? 0 : raw.total - raw.json.length;
  return (
    <Dialog
      title={`JSON of item ${formatCount(index + 1)}`}
      isOpen
      onClose={onClose}
      size="large"
      isReading
      actions={
        <>
          <span className="ink3 small transcript-json-size">
            {raw === null
              ? ""
              : `${formatCount(shown.length)} of ${formatCount(whole.length + unread)} characters shown`}
          </span>
          {left > 0 ? (
            <Button
              onPress={() => {
                setLimit(limit + step * 4);
              }}
            >
              Show more
            </Button>
          ) : null}
          {raw !== null && left === 0 && unread > 0 && whole.length < 8 * transcriptLimits.raw ? (
            <Button isPending={isReading} onPress={() => void readOn(raw)}>
              Read on
            </Button>
          ) : null}
          <Button variant="primary" isDisabled={raw === null} onPress={() => void copyText(whole, "The JSON")}>
            Copy
          </Button>
        </>
      }
    >
      {failure === null ? null : <ErrorNote failure={failure} />}
      {raw === null && failure === null ? <Loading words="Reading the item" /> : null}
      <pre className="transcript-json">{visibleText(shown)}</pre>
    </Dialog>
  );
}
