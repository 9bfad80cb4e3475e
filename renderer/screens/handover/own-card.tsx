import type { ReactNode } from "react";
import { Button, ErrorNote, Loading, Panel, showToast } from "../../parts/index.ts";
import { useCommand, useQuery } from "../../state/service.ts";
import { shell } from "../../state/shell.ts";
import { fileNamePart, Fingerprint } from "./words.tsx";

/** Saves the card of the member at the keyboard where they choose. */
export function useSaveCard(): {
  readonly save: () => Promise<void>;
  readonly command: ReturnType<typeof useCardCommand>;
} {
  const command = useCardCommand();
  const own = useQuery("handover.card", {});
  const save = async (): Promise<void> => {
    const name = own.status === "ready" ? fileNamePart(own.data.name) : "my";
    const place = await shell().chooseSaveLocation({ title: "Save your card", suggestedName: `${name}.card.json` });
    if (!place.ok || place.value.file === null) return;
    const { handle, name: fileName } = place.value.file;
    const result = await command.run({ destination: handle });
    if (result.ok)
      showToast({ words: `${fileName} was saved. It holds no secret; let whoever gets it compare it with you.` });
  };
  return { save, command };
}

function useCardCommand() {
  return useCommand("handover.card");
}

/** One's own card: what others seal packages to, and the fingerprint to read out to them. */
export function OwnCard(): ReactNode {
  const card = useQuery("handover.card", {});
  const { save, command } = useSaveCard();
  return (
    <Panel
      title="Your card"
      hint="what others seal to"
      actions={
        <Button size="small" isPending={command.isRunning} onPress={() => void save()}>
          Save it…
        </Button>
      }
    >
      {card.status === "loading" ? <Loading /> : null}
      {card.status === "failed" ? <ErrorNote failure={card.failure} /> : null}
      {card.status === "ready" ? (
        <div className="stack tight">
          <Fingerprint fingerprint={card.data.fingerprint} />
          <p className="small ink2">
            Give the file to whoever is to hand something to you, and read this out by another way. The file is not
            encrypted: it says your name, your role and the outer label of this vault.
          </p>
        </div>
      ) : null}
      {command.failure === null ? null : <ErrorNote failure={command.failure} />}
    </Panel>
  );
}
