package zh

import "wenshu/nlq"

// draw may stand before the name of a chart.
const draw = "[用|以|画|做一个|做一张|画出|看|用一张|给我画|给我画个|画个|画一个|画一张|画成|做成|做个|生成|出个|来个|绘制|展示成]"

// shown may stand behind it.
const shown = "[展示|显示|呈现|表示|来看|的形式]"

// The words of a wish for a look: what is painted, and how.
const (
	painted = "(柱子|线条|折线|图表|背景|字体|颜色)"
	hue     = "(红|蓝|绿|黄|黑|白|深|浅)色"
)

// styleRules are wishes for a look. A colour alone is none: it may be a member.
var styleRules = []nlq.Rule{
	sure(nlq.Style{}, "[把|将]"+painted+"(改成|改为|换成|变成|设为|用)"+hue),
	sure(nlq.Style{}, "(用|要|换成|改成)"+hue+"[的](柱子|线条|背景|字体|文字|主题|配色|模式)", "(背景|字体|主题|配色)[要|用|是]"+hue),
	sure(nlq.Style{}, "(画|画成|画一个|画个|画一张|做成|做一个|做一张|做个|来个|来一个|生成|换成|展示成)"+hue+"[系][的]", "[用|画|画成|画一个|画个|画一张|做成|做一个|做一张|做个|来个|来一个](好看|漂亮|美观|简洁|炫酷|高级|大气)[一点|一些|点]的"),
	sure(nlq.Style{}, "[把|将](字体|文字|标题|字号|图表|柱子|线条)[再|要|调|改](大|小|粗|细)[一点|一些|点]", "[把|将](字体|文字|标题|字号|图表|柱子|线条)(放大|缩小|加粗|调大|调小|变大|变小|变粗)[一点|一些|点]"),
}

// chartRules are wishes for a kind of picture.
var chartRules = []nlq.Rule{
	sure(nlq.Chart{Kind: "line"}, draw+"(折线图|线图|曲线图|趋势图|走势图|折线|线形图|线型图|曲线|趋势线)"+shown),
	sure(nlq.Chart{Kind: "column"}, draw+"(柱状图|柱形图|柱图|柱子图|柱状|柱形)"+shown),
	sure(nlq.Chart{Kind: "bar"}, draw+"(条形图|横条图|条状图|横向柱状图|横向柱图|横柱图|条图|bar图)"+shown),
	sure(nlq.Chart{Kind: "pie"}, draw+"(饼图|饼状图|环形图|圆环图|环图|圆饼图|扇形图|甜甜圈图|玫瑰图)"+shown),
	sure(nlq.Chart{Kind: "area"}, draw+"(面积图|堆积面积图|区域图)"+shown),
	sure(nlq.Chart{Kind: "scatter"}, draw+"(散点图|散点|点图|散布图|点阵图)"+shown),
	sure(nlq.Chart{Kind: "bubble"}, draw+"(气泡图|泡泡图)"+shown),
	sure(nlq.Chart{Kind: "stacked"}, draw+"(堆积|堆叠)(柱状图|柱形图|条形图|柱图|条图|图)"+shown),
	sure(nlq.Chart{Kind: "grouped"}, draw+"(分组|簇状|并列|分簇)(柱状图|柱形图|条形图|柱图|条图)"+shown),
	sure(nlq.Chart{Kind: "box"}, draw+"(箱线图|箱形图|箱型图|盒须图|盒图)"+shown),
	sure(nlq.Chart{Kind: "strip"}, draw+"(条带图|蜂群图|抖动散点图|抖动图|分布点图)"+shown),
	sure(nlq.Chart{Kind: "map"}, draw+"(地图|热力地图|分布地图|中国地图|地理图)"+shown),
	sure(nlq.Chart{Kind: "heatmap"}, draw+"(热力图|热图|热度图)"+shown),
	sure(nlq.Chart{Kind: "histogram"}, draw+"(直方图|分布图|频率图|频数图|频率分布图)"+shown),
	sure(nlq.Chart{Kind: "funnel"}, draw+"(漏斗图|漏斗|转化漏斗)"+shown),
	sure(nlq.Chart{Kind: "treemap"}, draw+"(矩形树图|树图|矩形图|树状图)"+shown),
	sure(nlq.Chart{Kind: "radar"}, draw+"(雷达图|蜘蛛图|雷达)"+shown),
	sure(nlq.Chart{Kind: "table"}, draw+"(表格|数据表|报表|二维表|透视表|交叉表|列表形式)"+shown, "(用|以|做成|画成|换成|展示成)表"+shown),
	sure(nlq.Chart{}, draw+"(图表|图形|可视化|统计图|图)"+shown, "(画|做|出|来|生成|绘制)[个|一个|张|一张|成]图[表|形][看看|看|来看]", "用图", "画图", "可视化一下", "图形化", "配图"),
	weak(nlq.Chart{}, "画出[来]", "绘出", "绘制[出]", "画一下"),
}

// layerRules say how what splits results is drawn.
var layerRules = []nlq.Rule{
	sure(nlq.GroupMark{Layer: true}, "[用|以]颜色[上](按|按照|根据|表示|代表|区分|为|是|用|对应|:)", "(着色|上色|染色|分面)(按|依据|根据)", "图例(为|是|用|按|:)"),
	sure(nlq.GroupMark{Layer: true, Stack: true}, "(堆积|堆叠)(按|依据|根据)"),
	sure(nlq.GroupMark{Layer: true, Stack: true, Before: true}, "[来|去|进行|并](堆积|堆叠)[显示|展示]"),
	sure(nlq.GroupMark{Layer: true, Before: true}, "[来|去|进行|并](着色|上色|染色|叠加)[显示|展示]", "[来|去]区分颜色", "分颜色[显示]", "(用|以|为|作为|做)[不同](颜色|图例)[的][区分|表示|标记|显示]", "(作为|当)图例", "颜色不同"),
	sure(nlq.GroupMark{Layer: true, Panels: true, Before: true}, "[来|进行]分面[显示|展示|画]", "分(图|面板|子图)[显示|展示|画]", "(分别|各自|分开|单独)(画|作|出|绘制)[一张|成]图", "各(画|出|一)[一]张[图]"),
	sure(nlq.Layered{Panels: true}, "小多图", "多子图", "子图"),
	sure(nlq.GroupMark{Before: true}, "[的]频(数|率|次)[分布]", "[的](数值|取值|值)分布"),
	sure(nlq.GroupMark{Before: true, Spread: nlq.SpreadOf}, "分布[是](什么样|怎样|怎么样|如何|呢|情况)[的]"),
	sure(nlq.GroupMark{Spread: nlq.SpreadOf}, "(看|画|显示|展示)[一下]分布"),
	sure(nlq.Noise{}, "[以|用|把](纵轴|纵坐标|竖轴|y轴)[为|是|用|放|表示|显示|取|:|=]", "[为|作为|做|放在|放到](纵轴|纵坐标|竖轴|y轴)"),
	sure(nlq.GroupMark{}, "[以|用|把](横轴|横坐标|x轴)[为|是|用|放|表示|显示|取|:|=]"),
	sure(nlq.GroupMark{Before: true}, "(为|作为|做|放在|放到)(横轴|横坐标|x轴)"),
	sure(nlq.Sized{}, "[用|以|点的|点|气泡|气泡的](大小|尺寸)(按|按照|表示|代表|为|是|用|对应|:)"),
	sure(nlq.Sized{Before: true}, "(作为|为|表示|代表|决定)[气泡|点|气泡的|点的](大小|尺寸)", "(用|以)[气泡|点]大小表示"),
}

// relateRules set one number against another.
var relateRules = []nlq.Rule{
	sure(nlq.Chart{Kind: "relation"}, "[之间|间][的](关系|相关性|相关关系|关联|关联性|联系|相关程度)[图|如何|怎么样|怎样|是什么|情况|大吗|强吗]", "有[什么|何|啥|没有](关系|关联|联系|相关性)", "(是否|是不是)(相关|有关|有关系|有关联)", "相关吗", "有(关系|关|关联)吗"),
	sure(nlq.VersusMark{Relates: true}, "[如何|怎么|怎样|是否|会]随着", "是否[会]影响", "会影响", "取决于", "(如何|怎么|怎样)影响"),
	weak(nlq.VersusMark{Relates: true}, "随", "影响"),
}

// binRules say how wide the bars of a histogram are.
var binRules = []nlq.Rule{
	sure(nlq.Binned{Count: true}, "[分|分成|分为|划分为|用]{n}[个](箱|桶|区间|段|档)"),
	sure(nlq.Binned{}, "[以|按|每|每隔]{n}[元|岁|年|分钟|公里|小时|公斤|厘米][为]一(箱|组|区间|段|档|个区间)", "(组距|箱宽|区间宽度|间隔)[为|是|:]{n}"),
	sure(nlq.Binned{}, "分(箱|桶|段|区间)"),
}
