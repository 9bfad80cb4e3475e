import type { ReactNode } from "react";
import { Button, IconSign } from "../parts/index.ts";
import { navigate } from "../state/view.ts";

/** Under the title bar while the vault cannot be written to: which anchor objects, and the way to all of them. */
export function ReadOnlyBar({ reason }: { readonly reason: string }): ReactNode {
  return (
    <div className="read-only-bar" role="note" aria-label="Read only">
      <IconSign name="warn" />
      <p>
        <strong>Read only.</strong> {reason}
      </p>
      <Button
        size="small"
        onPress={() => {
          navigate("journal", { view: "anchors" });
        }}
      >
        What vouches for it
      </Button>
    </div>
  );
}
