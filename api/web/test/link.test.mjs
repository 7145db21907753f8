// The page that joins the person of a chat with whoever signs in.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { close, open, stop } from "./page.mjs";

const server = process.env.WENSHU_DEMO;
after(stop);

// visit opens the page with a link behind #.
async function visit(token, more = {}) {
  const page = await open(server, more);
  await page.goto(`${server}/link#${token}`);
  return page;
}

test("who asks to be joined is shown, as text, before anybody is joined", async () => {
  const page = await visit("good", { lang: "en-US" });
  const about = page.locator("#about");
  await page.getByRole("button", { name: "It is me, link" }).waitFor();
  assert.match(await about.textContent(), /<b>Mallory<\/b>.*slack, member U1, organisation T1.*fay/);
  assert.equal(await page.locator("b").count(), 0);
  assert.equal(new URL(page.url()).hash, "", "the link stays in no history");
  await page.getByRole("button", { name: "It is me, link" }).click();
  await page.getByText("Linked.").waitFor();
  assert.equal(await page.getByRole("button").count(), 0);
  await close(page);
});

test("an old link says so", async () => {
  const page = await visit("old", { lang: "zh-CN" });
  await page.getByText("这个链接已经失效").waitFor();
  assert.equal(await page.getByRole("button").count(), 0);
  page.complaints = page.complaints.filter((c) => !c.includes("400"));
  await close(page);
});
