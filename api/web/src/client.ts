// Calls of the server. A token stays in the memory of its client and is never
// part of an address.

import type { Answer, AskMessage, Catalog, Identity, Lang, PastTurn, Pin, ProblemBody, Step, Suggestion, WordMark } from "./types";

// Problem is a refusal of the server, worded in the asker's language.
export class Problem extends Error {
  constructor(readonly body: ProblemBody) {
    super(body.title ?? "");
  }
}

// Lost is a connection that ended before the answer came.
export class Lost extends Error {}

export type GetToken = () => Promise<string> | string;

const api = "/api/v1";
const retries = [100, 250, 500]; // milliseconds before a stream is taken up again

export class Client {
  base = ""; // scheme://host of the server; "" for that of the page
  viewer = "";
  lang: Lang = "en";
  getToken: GetToken | null = null;
  private token = "";
  private asking: Promise<string> | null = null;

  // forget drops a token, so that the next call fetches another.
  forget() {
    this.token = "";
  }

  me() { return this.read<Identity>("/me"); }
  catalog() { return this.read<Catalog>(`/catalog?lang=${this.lang}`); }
  answer(id: string) { return this.read<Answer>(`/answers/${encodeURIComponent(id)}`); }
  async suggest(typed: string, signal: AbortSignal) {
    return (await this.read<{ suggestions: Suggestion[] }>(`/suggest?lang=${this.lang}&q=${encodeURIComponent(typed)}`, signal)).suggestions;
  }

  async members(dimension: string, typed: string) {
    return (await this.read<{ suggestions: Suggestion[] }>(`/members?lang=${this.lang}&dimension=${encodeURIComponent(dimension)}&q=${encodeURIComponent(typed)}`)).suggestions;
  }
  async marks(typed: string, signal: AbortSignal) {
    return (await this.read<{ words: WordMark[] }>(`/marks?lang=${this.lang}&q=${encodeURIComponent(typed)}`, signal)).words;
  }
  // bindable says which query lines could be answered, in their order.
  async bindable(queries: string[]) {
    return (await (await this.send("/bindable", { queries }, "application/json")).json() as { bind: boolean[] }).bind;
  }

  async summary(id: string) {
    return (await (await this.send(`/answers/${encodeURIComponent(id)}/summary`, {}, "application/json")).json() as { text: string }).text;
  }

  async history() { return (await this.read<{ turns: PastTurn[] }>("/history")).turns; }
  async pins() { return (await this.read<{ pins: Pin[] }>("/pins")).pins; }
  async pin(answer: string) { await this.send("/pins", { answer }, "application/json"); }
  async unpin(id: string) { await this.fetch(`/pins/${encodeURIComponent(id)}`, { method: "DELETE" }); }
  async file(id: string, name: string) { return (await this.fetch(`/answers/${encodeURIComponent(id)}/${name}?lang=${this.lang}`, {})).blob(); }

  async feedback(id: string, body: { good: boolean; reasons?: string[]; comment?: string }) {
    await this.send(`/answers/${encodeURIComponent(id)}/feedback`, body, "application/json");
  }

  // ask sends a question or a query line, reports every step and returns the
  // answer.
  async ask(message: AskMessage & { conversation?: string; lang?: string }, step: (s: Step) => void, signal: AbortSignal): Promise<Answer> {
    let response = await this.send(message.query ? "/query" : "/ask", message, "text/event-stream", signal);
    const run = response.headers.get("X-Wenshu-Run");
    if (run) signal.addEventListener("abort", () => void this.fetch(`/runs/${run}`, { method: "DELETE", keepalive: true }).catch(() => undefined), { once: true });
    let seen = "0";
    for (const wait of [...retries, null]) {
      try {
        for await (const event of events(response)) {
          seen = event.id || seen;
          if (event.name === "problem") throw new Problem(event.data as ProblemBody);
          const one = event.data as Step;
          step(one);
          if (one.kind === "done" && one.answer) return one.answer;
        }
      } catch (e) {
        if (e instanceof Problem || signal.aborted) throw e;
      }
      if (!run || wait === null) break;
      step({ kind: "retrying", elapsed_ms: 0 });
      await new Promise((done) => setTimeout(done, wait));
      response = await this.fetch(`/runs/${run}`, { headers: { Accept: "text/event-stream", "Last-Event-ID": seen }, signal }).catch((e: unknown) => {
        if (e instanceof Problem || signal.aborted) throw e instanceof Problem ? new Lost() : e;
        return new Response(""); // the next try may get through
      });
    }
    throw new Lost();
  }

  private async headers(more: Record<string, string>) {
    const list: Record<string, string> = { ...more, "Accept-Language": this.lang };
    const token = await this.bearer();
    if (token) list.Authorization = `Bearer ${token}`;
    if (this.viewer) list["X-Wenshu-Viewer"] = this.viewer;
    return list;
  }

  // bearer fetches the token once, however many calls wait for it.
  private async bearer() {
    if (this.token || !this.getToken) return this.token;
    this.asking ??= Promise.resolve(this.getToken());
    try {
      this.token = await this.asking;
    } finally {
      this.asking = null;
    }
    return this.token;
  }

  // fetch calls the server, a second time with a fresh token when the first has
  // run out.
  private async fetch(path: string, options: RequestInit & { headers?: Record<string, string> }): Promise<Response> {
    for (let again = this.getToken !== null && this.token !== ""; ; again = false) {
      const headers = await this.headers(options.headers ?? {});
      const response = await fetch(this.base + api + path, { ...options, headers, credentials: "omit" });
      if (response.ok) return response;
      const body: ProblemBody = await response.json().catch(() => ({ title: response.statusText, status: response.status }));
      if (response.status !== 401 || !again) throw new Problem(body);
      this.forget();
    }
  }

  private async read<T>(path: string, signal?: AbortSignal): Promise<T> {
    return (await this.fetch(path, { signal })).json();
  }

  private send(path: string, body: unknown, accept: string, signal?: AbortSignal) {
    return this.fetch(path, { method: "POST", headers: { "Content-Type": "application/json", Accept: accept }, body: JSON.stringify(body), signal });
  }
}

// events reads server-sent events.
async function* events(response: Response): AsyncGenerator<{ name: string; id: string; data: unknown }> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      buffer += value;
      for (let end; (end = buffer.indexOf("\n\n")) >= 0; buffer = buffer.slice(end + 2)) {
        const event = parse(buffer.slice(0, end));
        if (event) yield event;
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function parse(block: string) {
  const event = { name: "message", id: "", data: "" };
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) event.name = line.slice(7);
    else if (line.startsWith("id: ")) event.id = line.slice(4);
    else if (line.startsWith("data: ")) event.data += line.slice(6);
  }
  return event.data ? { ...event, data: JSON.parse(event.data) as unknown } : null;
}
