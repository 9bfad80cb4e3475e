/**
 * Runs in the page's own world before any script of the page; it is handed over as text, so it may use nothing from
 * outside of itself. It takes away what reaches a network and heeds no policy: WebRTC and WebTransport, and the means
 * to make a frame, since even an empty frame comes with fresh copies of both (`frame-src 'none'` does not stop an empty
 * one, and no script of ours runs in it before the page's own). Markup that makes frames is stopped by Trusted Types.
 */
export function guardPage(): void {
  const forbidden = ["frame", "object", "embed", "portal", "frameset"];
  // Taken now, so that the page cannot change them under us later.
  const apply = Reflect.apply;
  const toText = String;
  /* eslint-disable @typescript-eslint/unbound-method -- bound as the argument of `call`, which the rule does not see */
  const lower = Function.prototype.call.bind(String.prototype.toLowerCase) as (text: string) => string;
  const endsWith = Function.prototype.call.bind(String.prototype.endsWith) as (text: string, end: string) => boolean;
  /* eslint-enable @typescript-eslint/unbound-method */
  const Refusal = TypeError;

  /** The tag name is the argument at `place`; it is read once, in case it is an object that answers anew each time. */
  const watch = (method: "createElement" | "createElementNS", place: number): void => {
    const original: unknown = Reflect.get(Document.prototype, method);
    if (typeof original !== "function") return;
    const watched = function (this: unknown, ...given: unknown[]): unknown {
      const tag = toText(given[place]);
      given[place] = tag;
      const name = lower(tag);
      // eslint-disable-next-line @typescript-eslint/prefer-for-of -- the page could change what arrays iterate by
      for (let at = 0; at < forbidden.length; at += 1) {
        if (endsWith(name, forbidden[at] ?? "")) throw new Refusal("frames are not made here");
      }
      return apply(original, this, given);
    };
    Object.defineProperty(Document.prototype, method, { value: watched, writable: false, configurable: false });
  };
  watch("createElement", 0);
  watch("createElementNS", 1);
  for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "XSLTProcessor"]) {
    Reflect.deleteProperty(globalThis, name);
  }
}
