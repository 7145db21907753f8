// Calls of the API. A token stays in this module's memory.

const base = "/api/v1";
const who = { token: "", viewer: "", lang: "" };

// identify says with which token, as which sample viewer and in which language
// the calls are made.
export const identify = (changes) => Object.assign(who, changes);

// Problem is a refusal of the server, worded.
export class Problem extends Error {
  constructor(body) {
    super(body.title ?? "");
    this.body = body;
  }
}

function headers(more) {
  const list = { ...more };
  if (who.token) list.Authorization = `Bearer ${who.token}`;
  if (who.viewer) list["X-Wenshu-Viewer"] = who.viewer;
  if (who.lang) list["Accept-Language"] = who.lang;
  return list;
}

async function checked(response) {
  if (response.ok) return response;
  throw new Problem(await response.json().catch(() => ({ title: response.statusText, status: response.status })));
}

async function read(path, signal) {
  const response = await checked(await fetch(base + path, { headers: headers(), signal }));
  return response.json();
}

const send = (path, body, accept, signal) => fetch(base + path, {
  method: "POST", headers: headers({ "Content-Type": "application/json", Accept: accept }), body: JSON.stringify(body), signal,
});

export const me = () => read("/me");
export const catalog = () => read(`/catalog?lang=${who.lang}`);
export const suggest = (typed, signal) => read(`/suggest?lang=${who.lang}&q=${encodeURIComponent(typed)}`, signal);

export async function feedback(id, body) {
  await checked(await send(`/answers/${encodeURIComponent(id)}/feedback`, body, "application/json"));
}

// ask sends a question or a query line and calls step for every event until the
// answer is there, which it returns.
export async function ask(message, step, signal) {
  const { path, ...body } = message;
  const response = await checked(await send(path, body, "text/event-stream", signal));
  for await (const event of events(response.body)) {
    if (event.name === "problem") throw new Problem(event.data);
    step(event.data);
    if (event.name === "done") return event.data.answer;
  }
  throw new TypeError("the stream ended early");
}

// events reads server-sent events.
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
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
    reader.cancel().catch(() => {});
  }
}

function parse(block) {
  let name = "message";
  let data = "";
  for (const line of block.split("\n")) {
    if (line.startsWith("event: ")) name = line.slice(7);
    else if (line.startsWith("data: ")) data += line.slice(6);
  }
  return data ? { name, data: JSON.parse(data) } : null;
}
