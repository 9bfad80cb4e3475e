import { useState, type ReactNode } from "react";
import { formatCounted } from "../../../electron/contract/number-text.ts";
import { Button, ErrorNote, FileDrop, IconButton, Note, Tag, TextField } from "../../parts/index.ts";
import { sharesMissing, type CheckedShares, type Shares } from "./shares.ts";

type Verdict = CheckedShares["shares"][number];

function ShareRow({ share, onRemove }: { readonly share: Verdict; readonly onRemove: () => void }): ReactNode {
  const name = share.number === null ? share.source : `Share ${String(share.number)}`;
  return (
    <li className="unlock-share">
      <div className="unlock-share-words">
        <span>
          <strong>{name}</strong>
          {share.holder === null ? null : <span className="ink2"> · {share.holder}</span>}
        </span>
        <span className="small ink3">{share.problem ?? share.source}</span>
      </div>
      <Tag tone={share.problem === null ? "ok" : "bad"} sign={share.problem === null ? "ok" : "fault"}>
        {share.problem === null ? "whole" : "damaged"}
      </Tag>
      <IconButton sign="close" label={`Take ${name} from ${share.source} out`} onPress={onRemove} />
    </li>
  );
}

/** How far the shares go: enough, or how many are missing. */
function Sum({ checked }: { readonly checked: CheckedShares }): ReactNode {
  const missing = sharesMissing(checked);
  const of = checked.threshold === null ? "" : ` Any ${formatCounted(checked.threshold, "share")} of the set open it.`;
  return (
    <div role="status">
      {missing === null ? (
        <Note tone="ok">{`Enough shares of ${checked.vaultLabel ?? "this vault"}.`}</Note>
      ) : (
        <Note tone="warn">{`${missing}${of}`}</Note>
      )}
    </div>
  );
}

/** Where shares are brought: files dropped or chosen, or the lines of a printed one typed in. */
export function ShareList({ shares }: { readonly shares: Shares }): ReactNode {
  const [text, setText] = useState("");
  const { files, typed, checked, check } = shares;
  const fileCount = files.files.length;
  const add = (): void => {
    if (text.trim() === "") return;
    shares.type(text);
    setText("");
  };
  const remove = (place: number): void => {
    const file = files.files[place];
    if (file === undefined) shares.remove(place - fileCount);
    else files.remove(file.handle);
  };
  return (
    <>
      <FileDrop
        look="line"
        label="Share files"
        hint="Choose or drop them"
        files={[]}
        onChoose={files.choose}
        onDrop={files.drop}
      />
      <div className="unlock-typed">
        <TextField
          label="A share from paper"
          optional
          lines={3}
          mono
          value={text}
          onChange={setText}
          placeholder="Type its lines as they are printed"
          maxLength={20_000}
        />
        <Button isDisabled={text.trim() === ""} onPress={add}>
          Add this share
        </Button>
      </div>
      {files.failure === null ? null : <ErrorNote failure={files.failure} />}
      {check.failure === null ? null : <ErrorNote failure={check.failure} />}
      {checked === null ? null : (
        <>
          <ul className="unlock-shares" aria-label={`Shares, ${String(fileCount + typed.length)}`}>
            {checked.shares.map((share, place) => (
              <ShareRow
                key={`${String(place)} ${share.source}`}
                share={share}
                onRemove={() => {
                  remove(place);
                }}
              />
            ))}
          </ul>
          <Sum checked={checked} />
        </>
      )}
    </>
  );
}
