// The drawing library with the parts that are used. This file is loaded when the
// first chart is shown.

import { BarChart, BoxplotChart, HeatmapChart, LineChart, PieChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, TitleComponent, VisualMapPiecewiseComponent, VisualMapContinuousComponent } from "echarts/components";
import { init, use, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { cellsOf, type Drawing } from "./chart_data";
import { optionOf } from "./chart_option";

use([BarChart, BoxplotChart, HeatmapChart, LineChart, PieChart, ScatterChart, AriaComponent, GridComponent, TitleComponent, VisualMapContinuousComponent, VisualMapPiecewiseComponent, SVGRenderer]);

// Mark is what lies under the pointer: a label and a series of the chart.
export interface Mark { label: number; series: number; x: number; y: number }

// Picture is one drawing in a place of the page.
export class Picture {
  private chart: EChartsType;
  private drawing: Drawing | null = null;

  constructor(private place: HTMLElement, hover: (m: Mark | null) => void, pick: (m: Mark) => void) {
    this.chart = init(place, null, { renderer: "svg" });
    this.chart.on("mouseover", (e) => hover(this.mark(e as unknown as Event_)));
    this.chart.on("mouseout", () => hover(null));
    this.chart.on("click", (e) => { const m = this.mark(e as unknown as Event_); if (m) pick(m); });
    // Between the marks of a line the nearest label counts.
    this.chart.getZr().on("mousemove", (e: { offsetX: number; offsetY: number; target?: unknown }) => { if (!e.target) hover(this.nearest(e)); });
    this.chart.getZr().on("globalout", () => hover(null));
  }

  draw(drawing: Drawing) {
    this.drawing = drawing;
    const { height = 280, ...option } = optionOf(drawing);
    this.place.style.height = `${height}px`;
    this.chart.resize({ width: drawing.width, height, silent: true });
    this.chart.setOption(option, { notMerge: true, lazyUpdate: false });
    const svg = this.place.querySelector("svg");
    svg?.setAttribute("aria-hidden", "true");
    svg?.setAttribute("focusable", "false");
  }

  dispose() {
    this.chart.dispose();
  }

  private mark(e: Event_): Mark | null {
    const d = this.drawing;
    if (!d || e.seriesId === "under") return null;
    const { offsetX: x = 0, offsetY: y = 0 } = e.event ?? {};
    if (e.seriesId === "heat") return { label: e.value?.[0] as number, series: e.value?.[1] as number, x, y };
    if (e.seriesId.startsWith("g")) return { label: Number(e.name), series: 0, x, y };
    return { label: e.dataIndex, series: Number(/^s(\d+)/.exec(e.seriesId)?.[1] ?? 0), x, y };
  }

  private nearest({ offsetX: x, offsetY: y }: { offsetX: number; offsetY: number }): Mark | null {
    const d = this.drawing;
    if (!d || (d.chart.kind !== "line" && d.chart.kind !== "area") || !this.chart.containPixel({ gridIndex: 0 }, [x, y])) return null;
    const label = Math.round((this.chart.convertFromPixel({ gridIndex: 0 }, [x, y]) as number[])[0]);
    return label >= 0 && label < cellsOf(d.chart.series?.[0]).length ? { label, series: -1, x, y } : null;
  }
}

interface Event_ { dataIndex: number; name: string; seriesId: string; value?: unknown[]; event?: { offsetX: number; offsetY: number } }
