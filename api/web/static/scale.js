// Scales from values to pixels.

// linear maps a range of values to a range of pixels.
export function linear([low, high], [from, to]) {
  const per = high === low ? 0 : (to - from) / (high - low);
  return (n) => Math.round((from + (n - low) * per) * 100) / 100;
}

// band cuts a range of pixels into n places with gaps between.
export function band(n, [from, to], gap) {
  const step = (to - from) / Math.max(1, n);
  return { width: step * (1 - gap), at: (i) => Math.round((from + i * step + (step * gap) / 2) * 100) / 100 };
}

// ticks are round values around a range, about n of them.
export function ticks(low, high, n) {
  const raw = (high - low) / n;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 2.5, 5, 10].find((m) => m * power >= raw) ?? 10);
  const list = [];
  for (let i = Math.floor(low / step + 1e-9); ; i++) {
    list.push(Number((i * step).toPrecision(12)));
    if (i * step >= high - step * 1e-9) return list;
  }
}
