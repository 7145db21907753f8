// Random values as ICU writes them, with the ICU that Node carries: locale,
// value, compact, compact with two digits, full with two digits, CNY, percent
// with one. The first argument is how many values, the second their seed.

const [, , count, seed] = process.argv.map(Number);
const locales = ["zh-CN", "zh-TW", "en-US"];

// next is mulberry32, whose numbers a seed determines.
let state = seed >>> 0;
function next() {
  state = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(state ^ (state >>> 15), state | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

const below = (n) => Math.floor(next() * n);
const digits = (n) => Array.from({ length: n }, () => below(10)).join("");

// value has up to 19 digits before the point and 6 behind it; every third lies
// beside the border of a unit, or halfway between two digits.
function value() {
  const sign = below(4) === 0 ? "-" : "";
  if (below(3) > 0) return sign + [digits(1 + below(19)).replace(/^0+(?=.)/, ""), digits(below(7))].filter(Boolean).join(".");
  const nines = "9".repeat(1 + below(18));
  return sign + [() => `${nines}.${digits(1 + below(3))}`, () => `${nines}5${"0".repeat(below(8))}`, () => `1${"0".repeat(below(17))}.${below(2)}`, () => `${below(1000)}.${digits(below(3))}5`][below(4)]();
}

const forms = Object.fromEntries(locales.map((l) => [l, [
  { notation: "compact" }, { notation: "compact", maximumFractionDigits: 2 }, { minimumFractionDigits: 2, maximumFractionDigits: 2 },
  { style: "currency", currency: "CNY" }, { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 },
].map((o) => new Intl.NumberFormat(l, o))]));

const lines = [];
for (let i = 0; i < count; i++) {
  const v = value();
  for (const l of locales) lines.push([l, v, ...forms[l].map((f) => f.format(v))].join("\t"));
}
process.stdout.write(`${lines.join("\n")}\n`);
