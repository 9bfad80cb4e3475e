import type { Session } from "electron";
import type { Refusals } from "./refusals.ts";

/**
 * Stops the spell checker from fetching dictionaries. Must run in the tick in which the session comes to be: the
 * session's own constructor starts the download, and `spellcheck: false` of a window does not stop it.
 */
export function silenceSpellChecker(session: Session): void {
  session.setSpellCheckerLanguages([]);
  session.setSpellCheckerEnabled(false);
  session.setSpellCheckerDictionaryDownloadURL("app://none/");
}

/**
 * Denies everything that a session can be asked for: permissions, devices, screens, downloads, foreign requests.
 * @param isAllowed whether a request of this session may go on
 */
export async function lockDownSession(
  session: Session,
  refusals: Refusals,
  isAllowed: (url: string) => boolean,
): Promise<void> {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    refusals.add("permission");
    answer(false);
  });
  // Asked by Chromium itself over and over, so it is not counted.
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, answer) => {
    refusals.add("permission");
    answer({});
  });
  session.setBluetoothPairingHandler((_details, answer) => {
    refusals.add("device");
    answer({ confirmed: false });
  });
  denyDevicePickers(session, refusals);
  session.on("will-download", (event) => {
    refusals.add("download");
    event.preventDefault();
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    const allowed = isAllowed(details.url);
    if (!allowed) refusals.add("request");
    answer({ cancel: !allowed });
  });
  await session.setProxy({ mode: "direct" });
}

function denyDevicePickers(session: Session, refusals: Refusals): void {
  session.on("select-usb-device", (event, _details, answer) => {
    refusals.add("device");
    event.preventDefault();
    answer();
  });
  session.on("select-hid-device", (event, _details, answer) => {
    refusals.add("device");
    event.preventDefault();
    answer();
  });
  session.on("select-serial-port", (event, _ports, _contents, answer) => {
    refusals.add("device");
    event.preventDefault();
    answer("");
  });
}
