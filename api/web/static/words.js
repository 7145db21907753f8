// The words of the page itself. Answers arrive worded.

const zh = {
  name: "问数", tagline: "用自己的话问公司的数", lead: "直接提问，中文英文都可以。每个数字都能看到口径、时间范围和 SQL。",
  starters: "可以这样开始", placeholder: "问一个问题，例如：上个月各大区销售额", short: "问一个问题", ask: "提问", stop: "停止",
  hint: "Enter 提问 · ↑ 上一个问题 · / 回到这里", suggestions: "建议", transcript: "问答",
  catalog: "能问什么", metrics: "指标", dimensions: "维度", entities: "对象", search: "查找…", nothing: "没有找到",
  viewer: "当前用户", asViewer: "现在以 {name} 的身份提问", language: "语言", theme: "切换深浅色", light: "浅色", dark: "深色",
  token: "访问令牌", signIn: "登录", signInLead: "请输入管理员给您的访问令牌。它只留在这个页面里。",
  sent: "正在理解问题…", understood: "已理解，正在准备查询…", compiled: "正在准备查询…", waiting: "正在等待数据库…", running: "正在查询…",
  seconds: "{n} 秒", stopped: "已停止。", lost: "连接断了，问题还在输入框里，可以再试一次。",
  chart: "图表", table: "表格", sql: "SQL", how: "口径", views: "查看方式",
  period: "时间", comparedWith: "对比", asOf: "数据", byRule: "权限规则",
  verified: "已核实的问题", model: "由语义模型计算", llm: "由语言模型协助理解",
  assumptions: "默认", change: "改为", without: "去掉{name}",
  instead: "可以试试：", followUps: "接着问",
  definition: "定义", formula: "计算方式", owner: "负责人", unit: "单位", synonyms: "也叫", queryLine: "查询语句", source: "数据源", arguments: "参数",
  timings: "用时", total: "合计", more: "再显示 {n} 行", rows: "{n} 行", truncated: "只显示了前面的行。", cut: "显示了 {of} 个中的前 {shown} 个。",
  incomplete: "最后一个时段还没有结束", sort: "按{name}排序", copy: "复制", copied: "已复制",
  good: "有帮助", bad: "有问题", thanks: "谢谢，已记录。", why: "哪里不对？",
  reasons: { wrong_metric: "指标不对", wrong_filter: "筛选不对", wrong_time: "时间不对", wrong_number: "数字不对", slow: "太慢", other: "其他" },
  kinds: { metric: "指标", dimension: "维度", member: "取值", period: "时间", verified: "常用", past: "问过" },
  charts: { table: "表格", line: "折线", area: "面积", column: "柱状", bar: "条形", grouped_bar: "分组条形", stacked_column: "堆叠", full_stacked_column: "百分比堆叠",
    pie: "饼图", number: "数字", kpi: "指标卡", heatmap: "热力图", small_multiples: "分面", scatter: "散点" },
  rooms: { learn: "准备", read: "理解", bind: "检查", compile: "编译", run: "查询", word: "措辞" },
  ms: "{n} 毫秒", null: "—", corrected: "“{from}”按“{to}”理解", unread: "没有用到：{list}",
};

const en = {
  name: "wenshu", tagline: "Ask the numbers in your own words", lead: "Ask in English or Chinese. Every number shows its definition, its dates and its SQL.",
  starters: "Good to begin with", placeholder: "Ask a question, such as: revenue by region last month", short: "Ask a question", ask: "Ask", stop: "Stop",
  hint: "Enter asks · ↑ recalls · / comes back here", suggestions: "Suggestions", transcript: "Questions and answers",
  catalog: "What you can ask", metrics: "Metrics", dimensions: "Dimensions", entities: "Things", search: "Find…", nothing: "Nothing found",
  viewer: "You are", asViewer: "Now asking as {name}", language: "Language", theme: "Switch light and dark", light: "Light", dark: "Dark",
  token: "Access token", signIn: "Sign in", signInLead: "Enter the access token that your administrator gave you. It stays in this page.",
  sent: "Reading the question…", understood: "Understood. Preparing the query…", compiled: "Preparing the query…", waiting: "Waiting for the database…", running: "Querying…",
  seconds: "{n} s", stopped: "Stopped.", lost: "The connection was lost. Your question is still in the box; please try again.",
  chart: "Chart", table: "Table", sql: "SQL", how: "How", views: "Views",
  period: "Period", comparedWith: "Compared with", asOf: "Data", byRule: "access rule",
  verified: "Verified question", model: "Computed from the model", llm: "Read with a language model",
  assumptions: "Assumed", change: "Change to", without: "Remove {name}",
  instead: "You could ask:", followUps: "Go on with",
  definition: "Definition", formula: "Formula", owner: "Owner", unit: "Unit", synonyms: "Also called", queryLine: "Query line", source: "Source", arguments: "Arguments",
  timings: "Time taken", total: "Total", more: "Show {n} more rows", rows: "{n} rows", truncated: "Only the first rows are shown.", cut: "The first {shown} of {of} are shown.",
  incomplete: "The last period is not over yet", sort: "Sort by {name}", copy: "Copy", copied: "Copied",
  good: "Helpful", bad: "Something is wrong", thanks: "Thank you. Noted.", why: "What is wrong?",
  reasons: { wrong_metric: "Wrong metric", wrong_filter: "Wrong filter", wrong_time: "Wrong time", wrong_number: "Wrong number", slow: "Too slow", other: "Something else" },
  kinds: { metric: "Metric", dimension: "Dimension", member: "Value", period: "Period", verified: "Common", past: "Asked before" },
  charts: { table: "Table", line: "Line", area: "Area", column: "Columns", bar: "Bars", grouped_bar: "Grouped bars", stacked_column: "Stacked", full_stacked_column: "Stacked to 100%",
    pie: "Pie", number: "Number", kpi: "Numbers", heatmap: "Heat map", small_multiples: "Panels", scatter: "Scatter" },
  rooms: { learn: "prepare", read: "read", bind: "check", compile: "compile", run: "query", word: "word" },
  ms: "{n} ms", null: "—", corrected: "“{from}” was read as “{to}”", unread: "Not used: {list}",
};

const books = { "zh-CN": zh, en };
let current = "zh-CN";

// useLanguage chooses the language of the page.
export function useLanguage(lang) {
  current = books[lang] ? lang : "en";
  document.documentElement.lang = current;
}

export const language = () => current;

// w returns a word of the page, with its places filled.
export function w(key, values) {
  let text = key.split(".").reduce((book, part) => book?.[part], books[current]);
  if (typeof text !== "string") return key.split(".").at(-1);
  for (const [name, value] of Object.entries(values ?? {})) text = text.replace(`{${name}}`, () => value);
  return text;
}
