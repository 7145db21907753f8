// Tokens for a widget in a frame: the page around it sends them by message, from
// the origin that the frame was opened for and no other.

import type { GetToken } from "./client";

// tokensFromParent asks the page around for tokens; null when the page stands
// alone.
export function tokensFromParent(host: string): GetToken | null {
  if (!host || parent === window) return null;
  let waiting: ((token: string) => void)[] = [];
  addEventListener("message", (e: MessageEvent<{ type?: string; token?: string }>) => {
    if (e.source !== parent || e.origin !== host || e.data?.type !== "wenshu-token" || typeof e.data.token !== "string") return;
    for (const done of waiting) done(e.data.token);
    waiting = [];
  });
  return () => new Promise<string>((done) => {
    waiting.push(done);
    parent.postMessage({ type: "wenshu-token-needed" }, host);
  });
}
