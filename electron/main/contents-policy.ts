import type { App } from "electron";
import type { Refusals } from "./refusals.ts";

/** For every page that ever comes to be: no navigation, no new window, no web view, no WebRTC route. */
export function restrictAllContents(app: App, refusals: Refusals): void {
  app.on("web-contents-created", (_event, contents) => {
    const refuseNavigation = (event: { preventDefault: () => void }): void => {
      refusals.add("navigation");
      event.preventDefault();
    };
    // `will-navigate` would say the same of the main frame a second time.
    contents.on("will-frame-navigate", refuseNavigation);
    contents.on("will-redirect", refuseNavigation);
    contents.on("will-attach-webview", refuseNavigation);
    contents.setWindowOpenHandler(() => {
      refusals.add("window");
      return { action: "deny" };
    });
    contents.on("select-bluetooth-device", (event, _devices, answer) => {
      refusals.add("device");
      event.preventDefault();
      answer("");
    });
    contents.setWebRTCIPHandlingPolicy("disable_non_proxied_udp");
  });
}
