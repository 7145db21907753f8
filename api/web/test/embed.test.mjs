// The widget in pages of other origins: d3.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { accessible, ask, box, close, paint, start, stop } from "./page.mjs";

const { WENSHU_TRUSTING: server } = process.env;
const hosts = Object.entries(process.env).filter(([name]) => name.startsWith("WENSHU_HOST_"));
after(stop);

// visit opens a page of a host.
async function visit(address, path = "/", more = {}) {
  const context = await (await start()).newContext({ viewport: { width: 900, height: 800 }, reducedMotion: "reduce", ...more });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.complaints = [];
  page.foreign = [];
  page.on("console", (m) => { if (m.type() === "error" || m.type() === "warning") page.complaints.push(m.text()); });
  page.on("pageerror", (e) => page.complaints.push(e.message));
  page.on("request", (r) => { if (![address, server].some((s) => r.url().startsWith(s)) && !/^(data|blob):/.test(r.url())) page.foreign.push(r.url()); });
  await page.route("**/favicon.ico", (r) => r.fulfill({ status: 204 }));
  for (let i = 0; ; i++) {
    try { await page.goto(address + path); break; } catch (e) { if (i > 100) throw e; await page.waitForTimeout(200); }
  }
  page.complaints.length = 0; // the host was still starting
  return page;
}

for (const [name, address] of hosts) {
  test(`${name.slice(12)}: a page under default-src 'none' embeds the widget, its server vouches for its user`, async () => {
    const page = await visit(address);
    await page.locator(".starters button").first().waitFor();
    const turn = await ask(page, "上个月各省销售额");
    await turn.locator(".stage svg path").first().waitFor({ state: "attached" });
    assert.match(await turn.textContent(), /江苏/);
    assert.doesNotMatch(await turn.textContent(), /广东/);
    const addresses = await page.evaluate(() => performance.getEntriesByType("resource").map((e) => e.name));
    assert.ok(addresses.every((a) => !/token=|eyJ/.test(a)), "a token is in an address");
    await close(page);
  });
}

// A site of our own with pages of every kind; its tokens come from one of the
// hosts.
const [, signer] = hosts.find(([name]) => name.endsWith("NODE"));
const host = `http://127.0.0.1:${process.env.WENSHU_OWN_PORT}`;
const strict = `default-src 'none'; script-src 'self' ${server}; connect-src 'self' ${server}; frame-src ${server}; require-trusted-types-for 'script'; trusted-types lit-html`;
const widget = `<script type="module" src="/host.js"></script><script type="module" src="${server}/assets/widget.js"></script>`;
const pages = {
  "/launch": `<wenshu-chat launcher lang="en"></wenshu-chat>${widget}`,
  "/dressed": `<wenshu-chat lang="en"></wenshu-chat>${widget}`,
  "/bare": `<wenshu-chat></wenshu-chat>${widget}`,
  "/plain": `<wenshu-chat></wenshu-chat>${widget}`,
  "/framing": `<iframe title="wenshu" width="800" height="600" sandbox="allow-scripts allow-same-origin allow-forms allow-downloads allow-popups" src="${server}/frame?origin=${encodeURIComponent(host)}&lang=zh-CN"></iframe><script type="module" src="/framing.js"></script>`,
};
const scripts = {
  "/host.js": 'document.querySelector("wenshu-chat").getToken = async () => (await (await fetch("/wenshu-token", { method: "POST" })).json()).token;',
  "/framing.js": `const frame = document.querySelector("iframe");
    addEventListener("message", async (e) => {
      if (e.origin !== ${JSON.stringify(server)} || e.source !== frame.contentWindow || e.data?.type !== "wenshu-token-needed") return;
      const { token } = await (await fetch("/wenshu-token", { method: "POST" })).json();
      frame.contentWindow.postMessage({ type: "wenshu-token", token }, ${JSON.stringify(server)});
    });`,
};
const site = createServer(async (request, response) => {
  const send = (type, body) => response.writeHead(200, { "Content-Type": `${type}; charset=utf-8`, "Content-Security-Policy": strict }).end(body);
  if (request.url === "/wenshu-token") send("application/json", await (await fetch(`${signer}/wenshu-token`, { method: "POST" })).text());
  else if (scripts[request.url]) send("text/javascript", scripts[request.url]);
  else if (pages[request.url]) send("text/html", `<!doctype html><html${{ "/plain": ' lang="zh-TW"', "/bare": "" }[request.url] ?? ' lang="en"'}><title>host</title>${pages[request.url]}`);
  else response.writeHead(204).end();
}).listen(Number(process.env.WENSHU_OWN_PORT), "127.0.0.1");
after(() => { site.close(); site.closeAllConnections(); });

test("a launcher opens the widget, focus goes in and comes back", async () => {
  const page = await visit(host, "/launch");
  await page.locator(".launcher").click();
  await page.locator(".starters button").first().waitFor();
  await page.waitForFunction(() => document.querySelector("wenshu-chat").shadowRoot.activeElement?.matches(".box"));
  await ask(page, "revenue by region last month");
  await box(page).focus();
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.querySelector("wenshu-chat").shadowRoot.activeElement?.matches(".launcher"));
  await page.setViewportSize({ width: 380, height: 700 });
  await page.locator(".launcher").click();
  assert.deepEqual(await page.locator(".sheet").evaluate((e) => [e.clientWidth, e.clientHeight]), [380, 700]);
  await page.setViewportSize({ width: 380, height: 330 }); // a keyboard on the screen leaves this much
  const at = await box(page).boundingBox();
  assert.ok(at.y >= 0 && at.y + at.height <= 330, JSON.stringify(at));
  await page.setViewportSize({ width: 380, height: 700 });
  const sheet = await page.evaluate(() => { // one that covers the window
    for (const [name, value] of Object.entries({ height: 390, offsetTop: 120 })) Object.defineProperty(visualViewport, name, { get: () => value });
    visualViewport.dispatchEvent(new Event("resize"));
    const { top, bottom } = document.querySelector("wenshu-chat").shadowRoot.querySelector(".sheet").getBoundingClientRect();
    return [top, bottom];
  });
  assert.deepEqual(sheet, [120, 510]);
  await close(page);
});

test("custom properties dress the widget, the page's own styles do not reach it", async () => {
  const page = await visit(host, "/dressed");
  await page.locator(".starters button").first().waitFor();
  await page.evaluate(() => { const s = new CSSStyleSheet(); s.replaceSync("wenshu-chat::part(header) { border-top: 3px solid rgb(9, 8, 7); }"); document.adoptedStyleSheets = [s]; });
  assert.equal(await page.locator(".top").evaluate((e) => getComputedStyle(e).borderTopColor), "rgb(9, 8, 7)");
  await page.evaluate(() => { const c = document.querySelector("wenshu-chat"); c.style.setProperty("--wenshu-accent", "rgb(1, 2, 3)"); const s = new CSSStyleSheet(); s.replaceSync("button { display: none !important; }"); document.adoptedStyleSheets = [s]; });
  assert.equal(await page.locator(".brand .ground").evaluate((e) => getComputedStyle(e).fill), "rgb(1, 2, 3)");
  await page.locator(".starters button").first().waitFor();
  await close(page);
});

test("its language is that of its attribute, else of the page around it, else of the browser", async () => {
  const page = await visit(host, "/plain");
  await page.locator(".starters button").first().waitFor();
  assert.match(await box(page).getAttribute("placeholder"), /^問/);
  await page.evaluate(() => document.querySelector("wenshu-chat").setAttribute("lang", "en"));
  await page.waitForFunction(() => document.querySelector("wenshu-chat").shadowRoot.querySelector(".box").getAttribute("aria-label") === "Ask a question");
  await close(page);
  const bare = await visit(host, "/bare", { locale: "zh-TW" });
  await bare.locator(".starters button").first().waitFor();
  assert.match(await box(bare).getAttribute("placeholder"), /^問/);
  await close(bare);
});

test("a frame asks the page around it for tokens, from its origin alone", async () => {
  const page = await visit(host, "/framing");
  const inside = page.frameLocator("iframe");
  await inside.locator(".box").fill("上个月各大区销售额");
  await inside.locator(".box").press("Escape");
  await inside.locator(".box").press("Enter");
  await inside.locator(".turn .card.answer").waitFor();
  assert.doesNotMatch(await inside.locator(".turn").textContent(), /华南/);
  await close(page);
});

test("axe-core finds nothing in a frame", async () => {
  const page = await visit(host, "/framing", { bypassCSP: true }); // what looks is a script of its own
  await page.frameLocator("iframe").locator(".starters button").first().waitFor();
  const frame = page.frames()[1];
  for (const theme of ["light", "dark"]) {
    await paint(frame, theme);
    await accessible(frame, `frame, ${theme}`);
  }
  await close(page);
});

test("a page that is not on the list cannot frame it", async () => {
  const response = await fetch(`${server}/frame`);
  const policy = response.headers.get("content-security-policy");
  assert.match(policy, /frame-ancestors [^;]*https:\/\/intranet\.example/);
  assert.doesNotMatch(policy, /frame-ancestors [^;]*\*/);
  assert.match((await fetch(`${server}/`)).headers.get("content-security-policy"), /frame-ancestors 'none'/);
});
