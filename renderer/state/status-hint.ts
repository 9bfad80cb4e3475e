import { useEffect } from "react";
import { useView } from "./view.ts";

/** Writes the screen's words into the status bar: "40 rows · S solved · F not solved · Enter open". */
export function useStatusHint(hint: string): void {
  useEffect(() => {
    useView.setState({ hint });
    return () => {
      useView.setState((view) => (view.hint === hint ? { hint: "" } : view));
    };
  }, [hint]);
}
