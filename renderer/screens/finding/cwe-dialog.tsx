import { useState, type ReactNode } from "react";
import type { Finding } from "../../../electron/contract/findings.ts";
import { ActDialog, Checklist, ErrorNote, SearchField, type ChecklistItem } from "../../parts/index.ts";
import { useQuery } from "../../state/service.ts";
import { useEdit } from "./use-edit.ts";

const mostFound = 40;
const mostChosen = 20;

/** Chooses weaknesses from the list of CWE that comes with the app; nothing is looked up elsewhere. */
export function CweDialog({
  finding,
  onClose,
}: {
  readonly finding: Finding;
  readonly onClose: () => void;
}): ReactNode {
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>(finding.fields.cwes);
  const [known, setKnown] = useState<readonly ChecklistItem[]>(
    finding.cwes.map(({ id, name }) => ({ id, words: id, detail: name })),
  );
  const found = useQuery("findings.cwe", { words: words.trim(), limit: mostFound });
  const edit = useEdit(finding);
  const offered: readonly ChecklistItem[] =
    found.status === "ready" ? found.data.weaknesses.map(({ id, name }) => ({ id, words: id, detail: name })) : [];
  const own = known.filter(({ id }) => chosen.includes(id));
  const items = [...own, ...offered.filter(({ id }) => !chosen.includes(id))];
  const submit = async (): Promise<void> => {
    if (chosen.length <= mostChosen && (await edit.keep({ cwes: [...chosen] }))) onClose();
  };
  return (
    <ActDialog
      title={`Weaknesses of ${finding.code}`}
      act="Keep the weaknesses"
      command={edit}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <SearchField label="Find a weakness" placeholder="787, out-of-bounds write" value={words} onChange={setWords} />
      {found.status === "failed" ? <ErrorNote failure={found.failure} /> : null}
      <Checklist
        label="Weaknesses"
        items={items}
        chosen={chosen}
        onChange={(next) => {
          setKnown([...known, ...offered.filter(({ id }) => next.includes(id) && !known.some((one) => one.id === id))]);
          setChosen(next);
        }}
        empty="No weakness is called that."
        error={chosen.length > mostChosen ? `At most ${String(mostChosen)}.` : null}
      />
      <p className="small ink3">
        {found.status === "ready" ? `CWE ${found.data.version}, from the list in the app. ` : ""}The chosen stand first;
        an advisory in CSAF 2.0 names the first.
      </p>
    </ActDialog>
  );
}
