import { useState, type ReactNode } from "react";
import { ActDialog, TextField } from "../../parts/index.ts";
import { useCommand } from "../../state/service.ts";
import { navigate } from "../../state/view.ts";

const empty = { developer: "", codename: "", programme: "", claim: "", question: "" };

/** What a developer asked, before anything is shared; it may stay a question. */
export function InquireDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [draft, setDraft] = useState(empty);
  const [isLate, setIsLate] = useState(false);
  const inquire = useCommand("submissions.inquire");
  const put = (to: Partial<typeof empty>) => {
    setDraft({ ...draft, ...to });
  };
  const missing = (value: string, words: string): string | null => (isLate && value.trim() === "" ? words : null);
  const submit = async (): Promise<void> => {
    setIsLate(true);
    if (draft.developer.trim() === "" || draft.codename.trim() === "") return;
    const result = await inquire.run(draft);
    if (!result.ok) return;
    onClose();
    navigate("submission", { id: result.value.id });
  };
  return (
    <ActDialog
      title="Record an inquiry"
      act="Record it"
      command={inquire}
      onAct={() => void submit()}
      onClose={onClose}
    >
      <div className="submission-pair">
        <TextField
          label="Developer"
          autoFocus
          value={draft.developer}
          onChange={(developer) => {
            put({ developer });
          }}
          maxLength={200}
          error={missing(draft.developer, "Say who asks.")}
        />
        <TextField
          label="Name of the model"
          value={draft.codename}
          onChange={(codename) => {
            put({ codename });
          }}
          description="A codename, while it has no other."
          maxLength={200}
          error={missing(draft.codename, "Say which model it is about.")}
        />
      </div>
      <TextField
        label="Programme"
        optional
        value={draft.programme}
        onChange={(programme) => {
          put({ programme });
        }}
        maxLength={1_000}
      />
      <TextField
        label="What it is said to be able to do"
        optional
        lines={3}
        value={draft.claim}
        onChange={(claim) => {
          put({ claim });
        }}
      />
      <TextField
        label="Question"
        optional
        lines={3}
        value={draft.question}
        onChange={(question) => {
          put({ question });
        }}
        placeholder="Would it meet the threshold?"
      />
    </ActDialog>
  );
}
