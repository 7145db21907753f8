// Colours of series: told apart with colour-blind eyes, three to one against
// their ground, the same for a member throughout a conversation.

const light = ["#0072b2", "#d55e00", "#00805d", "#b4508c", "#8a6a00", "#3f87bd", "#6a4fb3", "#5d6672"];
const dark = ["#5aa9e6", "#f08c3a", "#3fbf95", "#e389bb", "#d4b13f", "#86c5ef", "#a78fe8", "#a3adba"];

export const grounds = {
  light: { ink: "#1a1f29", muted: "#5c6675", line: "#e3e6eb", card: "#ffffff", earlier: "#8a95a5", down: "#b4232f" },
  dark: { ink: "#e8ebf0", muted: "#a3adba", line: "#323946", card: "#191d25", earlier: "#768294", down: "#ff8f9c" },
};

// ramp goes from little to much.
export const ramp = (isDark: boolean) => (isDark ? ["#1d2f4a", "#2f6ea8", "#9fd0f5"] : ["#e8f1fa", "#5a9fd4", "#0b4f86"]);

export class Palette {
  private seen = new Map<string, number>();

  // index is the place of a member of a dimension, given out at first sight.
  index(dimension: string, member: string): number {
    const key = `${dimension}\u0000${member}`;
    let i = this.seen.get(key);
    if (i === undefined) {
      i = [...this.seen.keys()].filter((k) => k.startsWith(`${dimension}\u0000`)).length;
      this.seen.set(key, i);
    }
    return i;
  }
}

export const colour = (i: number, isDark: boolean) => (isDark ? dark : light)[i % light.length];
