import { Component, type ReactNode } from "react";
import { Button, ErrorNote } from "../parts/index.ts";

interface ErrorBoundaryProps {
  readonly children: ReactNode;
  /** A new value gives the children another try, e.g. when another screen is opened. */
  readonly resetKey: string;
}

interface ErrorBoundaryState {
  readonly failedKey: string | null;
}

/** Keeps a fault in one screen from taking the frame with it. The error's text is not shown: it may hold content. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failedKey: null };

  static getDerivedStateFromError(): Partial<ErrorBoundaryState> {
    return { failedKey: "" };
  }

  override componentDidCatch(): void {
    this.setState({ failedKey: this.props.resetKey });
  }

  override render(): ReactNode {
    const { failedKey } = this.state;
    if (failedKey === null || (failedKey !== "" && failedKey !== this.props.resetKey)) return this.props.children;
    return (
      <div className="page-body screen-fault">
        <ErrorNote
          failure={{ code: "internal", subject: "this screen could not be drawn" }}
          action={
            <Button
              onPress={() => {
                this.setState({ failedKey: null });
              }}
            >
              Draw it again
            </Button>
          }
        />
      </div>
    );
  }
}
