// Pictures of what a visitor sees, for people to look at: WENSHU_DEMO is the
// server, the first argument the folder.

import { mkdirSync, writeFileSync } from "node:fs";
import { ask, box, drawn, last, open, stop } from "./page.mjs";

const server = process.env.WENSHU_DEMO;
const folder = process.argv[2] ?? "screenshots";
mkdirSync(folder, { recursive: true });

// shot opens a page, does something with it and takes its picture.
async function shot(name, options, act) {
  const page = await open(server, options);
  await page.locator(".starters button").first().waitFor();
  await act(page);
  await page.waitForTimeout(250);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await page.context().close();
}

const asked = (question, view) => async (page) => {
  const turn = await ask(page, question);
  if (view !== undefined) await turn.locator("[role=tab]").nth(view).click();
  else if (await turn.locator(".stage").count()) await drawn(turn);
};

// picture keeps what the server draws for chats and mail; it draws no numbers.
async function picture(name, question) {
  const headers = { "X-Wenshu-Viewer": "fay", "Content-Type": "application/json" };
  const { id } = await (await fetch(`${server}/api/v1/ask`, { method: "POST", headers, body: JSON.stringify({ question }) })).json();
  const drawn = await fetch(`${server}/api/v1/answers/${id}/chart.png`, { headers });
  if (drawn.ok) writeFileSync(`${folder}/${name}.png`, Buffer.from(await drawn.arrayBuffer()));
}

const nothing = async () => undefined;
await shot("01-first-visit", {}, nothing);
await shot("02-typing", {}, async (page) => {
  await box(page).pressSequentially("上个月华东各省 qqqq 销售");
  await page.locator(".suggestions li").first().waitFor();
  await page.locator(".mark.unread").waitFor();
});
await shot("03-working", {}, async (page) => {
  await page.route("**/api/v1/ask", async (r) => {
    const body = await (await r.fetch()).text();
    await r.fulfill({ contentType: "text/event-stream", body: body.slice(0, body.indexOf("id: 2")) });
  });
  await page.route("**/api/v1/runs/*", () => undefined);
  await page.route("**/api/v1/answers/*", () => undefined);
  await box(page).fill("今年每个月各大区销售额");
  await box(page).press("Enter");
  await last(page).locator(".card.draft").waitFor();
  await page.waitForTimeout(1200);
});
const charts = {
  line: "今年每个月各大区销售额", column: "今年每个季度的销售额", bar: "上个月各省销售额前10名", "grouped-bar": "上个月各大区销售额同比", ring: "今年各渠道销售额占比", heatmap: "上个月各大区各渠道的销售额",
  panels: "今年每个月的销售额和毛利率", number: "上个月销售额同比", box: "上个月各大区订单金额的箱线图", strip: "上个月各渠道订单金额的蜂群图",
};
for (const [name, question] of Object.entries(charts)) {
  await shot(`04-chart-${name}`, {}, asked(question));
  await picture(`17-picture-${name}`, question);
}
for (const name of ["line", "bar", "grouped-bar", "ring", "heatmap", "panels", "box", "strip"]) await shot(`18-narrow-dark-${name}`, { width: 360, height: 900, dark: true }, async (page) => {
  await asked(charts[name])(page);
  await last(page).locator(".stage").evaluate((e) => e.scrollIntoView({ block: "center" }));
});
await shot("05-choices", {}, asked("上个月的利润"));
await shot("06-refusal", {}, asked("上个月的qqqq"));
await shot("07-table", {}, asked("今年每个月各大区销售额和订单数", 0));
await shot("08-how", {}, asked("上个月各大区客单价", 3));
await shot("09-dark", { dark: true }, asked("今年每个月各大区销售额"));
await shot("10-360px", { width: 360, height: 740 }, asked("上个月各大区销售额同比"));
await shot("11-traditional", { lang: "zh-TW" }, asked("上個月各大區銷售額"));
await shot("12-english", { lang: "en" }, asked("revenue by channel last month"));
await shot("13-chip", {}, async (page) => {
  const turn = await ask(page, "上个月各大区销售额");
  await turn.locator(".chip.period .face").click();
});
await shot("14-history", {}, async (page) => { await page.locator(".top .tool").first().click(); await page.locator(".past button").first().waitFor(); });
await shot("15-board", { path: "/" }, async (page) => {
  for (const q of ["上个月各大区销售额", "今年每个月的订单数"]) {
    const turn = await ask(page, q);
    await turn.locator(".tools .tool").nth(3).click();
    await turn.locator(".said", { hasText: "已固定" }).waitFor();
  }
  await page.locator(".top .worded").nth(1).click();
  await page.locator(".pinned .card.answer .stage svg").nth(1).waitFor({ state: "attached" });
});
await shot("16-320px-chip", { width: 320, height: 640, lang: "en" }, async (page) => {
  const turn = await ask(page, "revenue by region last month");
  await turn.locator(".chips .rest button").click();
  await turn.locator(".chip.period .face").click();
});
await stop();
