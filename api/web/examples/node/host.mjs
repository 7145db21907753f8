// A page that embeds wenshu, and the signing of its tokens. It needs
// WENSHU_SERVER, WENSHU_KEY (file of an Ed25519 private key, PEM) and PORT.

import { createPrivateKey, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";

const { WENSHU_SERVER: server, WENSHU_KEY: file, PORT: port } = process.env;
const key = createPrivateKey(readFileSync(file));
const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), "utf8");
const policy = `default-src 'none'; script-src 'self' ${server}; connect-src 'self' ${server}`;

// token says who is signed in; a real server takes that from its own session.
function token(user) {
  const now = Math.floor(Date.now() / 1000);
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const head = part({ alg: "EdDSA", typ: "JWT", kid: "intranet-1" });
  const body = part({ iss: "https://intranet.example", aud: "wenshu-embed", sub: user.id, name: user.name, attrs: user.attrs, iat: now, exp: now + 300 });
  return `${head}.${body}.${sign(null, Buffer.from(`${head}.${body}`), key).toString("base64url")}`;
}

createServer((request, response) => {
  const send = (type, body) => response.writeHead(200, { "Content-Type": type, "Content-Security-Policy": policy, "Cache-Control": "no-store" }).end(body);
  if (request.method === "POST" && request.url === "/wenshu-token") send("application/json", JSON.stringify({ token: token({ id: "li", name: "李雷", attrs: { region: ["华东"] } }) }));
  else if (request.url === "/host.js") send("text/javascript", read("host.js"));
  else if (request.url === "/") send("text/html; charset=utf-8", read("page.html").replaceAll("{{server}}", server));
  else response.writeHead(404).end();
}).listen(Number(port), "127.0.0.1");
