package en

import "wenshu/nlq"

// as may stand before the name of a chart.
const as = "[as a |as an |in a |in an |using a |with a |on a |to a |into a |draw a |draw me a |plot a |make a |create a |show a |show me a |give me a |build a |render a |display a |a |plot as a |show as a |show it as a |display as a |as |simple |a simple |make a simple |create a simple |plot a simple |vertical |a vertical |horizontal |a horizontal ]"

// pictures are what any picture is called.
const pictures = "(chart|charts|graph|graphs|plot|plots|diagram|diagrams)"

// The words of a wish for a look: what is painted, and how.
const (
	painted = "(bars|lines|line|columns|chart|background|font|title)"
	tint    = "(red|blue|green|yellow|orange|black|white|grey|dark)"
)

// styleRules are wishes for a look. A colour alone is none: it may be a member.
var styleRules = []nlq.Rule{
	sure(nlq.Style{}, "(make|color|colour|paint) [the ]"+painted+" "+tint),
	sure(nlq.Style{}, "(with|using|on) [a |the ]"+tint+" (background|bars|font|theme)", "in (dark|light) mode"),
	sure(nlq.Style{}, "(as|draw|plot|create|make) (a|an) [dark |light |nice ](dark|light|colorful|colourful|beautiful|pretty|fancy|modern|stylish|red|blue|green|yellow|orange|black|white|grey|gray|purple)"),
	sure(nlq.Style{}, "make [the ](font|text|title|labels|chart|bars|lines) (bigger|larger|smaller|bold|thicker|thinner|wider)", "(with|in|using) [a ](bigger|larger|smaller|bold) (font|text|labels|title)"),
}

// chartRules are wishes for a kind of picture.
var chartRules = []nlq.Rule{
	sure(nlq.Chart{Kind: "line"}, as+"(line "+pictures+"|linechart|trend chart|trend line chart|trend graph|line|lines|curve|time series|time series "+pictures+"|run chart|spline|linegraph)"),
	sure(nlq.Chart{Kind: "column"}, as+"(column "+pictures+"|columns|vertical bars)"),
	sure(nlq.Chart{Kind: "bar"}, as+"(bar "+pictures+"|barchart|barcharts|barplot|bargraph|bars|bar|horizontal bars)"),
	sure(nlq.Chart{Kind: "stacked"}, as+"(stacked|stack) (bar "+pictures+"|bars|bar|barchart|bargraph|column "+pictures+"|columns|column|chart|graph|histogram)"),
	weak(nlq.Chart{Kind: "stacked"}, "stacked", "stacked up", "stack them", "stack it"),
	sure(nlq.Chart{Kind: "grouped"}, as+"(grouped|clustered|side by side|side - by - side) (bar "+pictures+"|bars|bar|barchart|column "+pictures+"|columns|columns)"),
	sure(nlq.Chart{Kind: "pie"}, as+"(pie "+pictures+"|pie|piechart|donut|donut chart|doughnut|doughnut chart|ring chart)"),
	sure(nlq.Chart{Kind: "area"}, as+"(area "+pictures+"|stacked area chart|stacked area)"),
	sure(nlq.Chart{Kind: "scatter"}, as+"(scatter "+pictures+"|scatterplots|scatter|scatters|scatterplot|dot "+pictures+"|scattergram|xy "+pictures+"|xyplot|x y plot|point "+pictures+"|points plot|plot of points)", "as (points|dots|circles)"),
	weak(nlq.Chart{Kind: "scatter"}, "points", "dots", "outliers in", "outliers"),
	sure(nlq.Chart{Kind: "scatter"}, "(a|one|each) (dot|point|marker|circle) (for|per|is|=|as|represents|being) (a|an|one|each|every)", "(dot|point) per"),
	sure(nlq.Chart{Kind: "bubble"}, as+"(bubble "+pictures+"|bubbles|bubble)"),
	sure(nlq.Chart{Kind: "relation"}, "[the |any |a |some ](relationship|relationships|correlation|correlations|relation|association|connection) (between|of|among|for)", "[a |the |any ](relationship|correlation|relation)", "[are |is |they are |they ' re |if they ' re ](correlated|related)", "correlate"),
	sure(nlq.Chart{Kind: "map"}, as+"(map|geo map|choropleth|world map|geographic map|geomap|map chart)", "on a map", "on the map"),
	sure(nlq.Chart{Kind: "heatmap"}, as+"(heatmap|heat map|heat chart|correlation matrix)"),
	sure(nlq.Chart{Kind: "histogram"}, as+"(histogram|distribution "+pictures+"|frequency "+pictures+"|histograms|histogram chart|density plot|frequency histogram)"),
	sure(nlq.Chart{Kind: "box"}, as+"(box "+pictures+"|boxplot|boxplots|box and whisker|box and whisker plot|whisker plot|violin plot)"),
	sure(nlq.Chart{Kind: "strip"}, as+"(strip "+pictures+"|stripplot|swarm "+pictures+"|swarmplot|beeswarm|beeswarm "+pictures+"|jitter "+pictures+")"),
	sure(nlq.Chart{Kind: "funnel"}, as+"(funnel|funnel chart)"),
	sure(nlq.Chart{Kind: "treemap"}, as+"(treemap|tree map)"),
	sure(nlq.Chart{Kind: "radar"}, as+"(radar chart|radar|spider chart|spider plot|web chart)"),
	sure(nlq.Chart{Kind: "table"}, as+"(table|data table|grid|pivot table|crosstab|matrix|spreadsheet view|tabular form|cross tab)", "in tabular form", "in table form", "as a table", "tabulate", "in table format", "in tabular format"),
	sure(nlq.Chart{}, as+"(chart|graph|plot|visualization|visualisation|figure|diagram|visual)", "chart it", "graph it", "plot it", "visualize it", "plot the", "chart of", "graph of", "plot of", "charted", "plot", "graph", "chart", "draw", "plotted", "graphed", "graphically", "draw the", "as charts", "show a chart of", "show a graph of", "a graph showing", "a chart showing", "a plot showing", "show a plot of", "visualize", "visualise", "visualize the", "create a visualization of", "through a visualization", "(create|make|draw|plot|show) "+pictures),
}

// hue is what colours or marks what is drawn.
const hue = "(color|colors|colour|colours|hue|hues|shape|shapes|symbol|symbols)"

// layerRules say how what splits results is drawn.
var layerRules = []nlq.Rule{
	sure(nlq.GroupMark{Layer: true},
		"(color|colour|colored|coloured|coloring|colouring|shaded) [out |it |them ](by|on|according to|based on|for|with|using|per)[ the| its]", "(color|colour) [- ](coded|code|coding) (by|on|for|with|according to)[ the| each]",
		"(color|stack|mark|coloring) [each |all |the ](point|points|dot|dots|bar|bars|line|lines|mark|marks) (by|based on|according to)[ its| their]",
		"(points|dots|bars|lines) (colored|coloured|grouped) (by|according to)",
		"[with |the |one ]"+hue+" (is|as|=|:|by|representing|indicating|showing|for|on|from|per)[ the]", "(color|colour) [-](code|coded)", "(group|grouped|split|stack) and (color|colour) [code ]by", "grouped together by", "(displayed|shown|marked|labeled|labelled|identified) by", "[and ]segregate[d] [it |them ]by", "break [it |them ]into",
		"coded by", "(legend|series|stack) (as|by|for|of|=)", "layered by", "overlaid by", "segregated into"),
	sure(nlq.GroupMark{Layer: true, Stack: true}, "(stack|stacked|stacking) [out |it |them |up ](by|on|according to|based on|for|with|using|per)[ the| its]", "(bars|columns) stacked by"),
	sure(nlq.GroupMark{Layer: true, Each: true}, "(a|one) (color|colour|hue|shape|symbol|line|bar|column|series) (for|per) (each|every)[ of the]", "(a|one) (color|colour|hue|shape|symbol|line|bar|column|series) per"),
	weak(nlq.GroupMark{Layer: true, Before: true}, "labels", "legend"),
	weak(nlq.GroupMark{Layer: true}, "color", "colour", "coloring", "colouring", "hue", "parameterize by", "parameterized by", "parameterize"),
	sure(nlq.GroupMark{Layer: true, Before: true}, "(as|for|in|to|on|with|by) [the |a ]("+hue+"|legend|series|stack|groups|labels|label)", "(as|in|by) (different|separate|distinct) ("+hue+"|lines|series|groups)", "color [-]coded", "colour [-]coded"),
	sure(nlq.Layered{}, "[with |in ][a ](different|separate|distinct|unique|one) ("+hue+"|bar color|line|lines|bars|series)"),
	sure(nlq.GroupMark{Layer: true, Panels: true}, "(facet|faceted|faceting|trellis|trellised|trellising|paneled|panelled|small multiple|small multiples) [out |it |them ](by|on|over|per|across|for|of)[ each| the| every]"),
	weak(nlq.GroupMark{Layer: true, Panels: true}, "facet", "faceting"),
	sure(nlq.GroupMark{Layer: true, Panels: true, Before: true}, "(as|in|on|into) [the |separate ](facets|facet|panels|columns|rows|trellis)", "(shown|plotted|displayed) separately"),
	sure(nlq.Layered{Panels: true}, "[as |in |into ][a |its own ](small|separate|different|individual|multiple|distinct) (charts|chart|plots|plot|graphs|graph|multiples|multiple|panels|panel|subplots|facets|scatterplots|histograms)", "(one|a) (panel|plot|chart|graph|facet|subplot)", "(small|separate|different|individual|multiple) (bar|line|column|scatter|correlation) (charts|plots|graphs)", "faceted", "trellised"),
	sure(nlq.GroupMark{Spread: nlq.SpreadOf}, "[the |a |overall |general |average ](distribution|distributions|spread|frequency distribution|range|dispersion|histogram|histograms) (of|for)[ the| all| all the]", "(binned|bucketed|bin|bucket) (by|on)", "[the ]frequency of", "[the ]frequencies of"),
	sure(nlq.GroupMark{Spread: nlq.PartsOf}, "[the |a ](breakdown|split|categorization|categorisation|classification|composition) of[ the| all| all the]", "break down[ the| all| all the]", "breaking down[ the]"),
	sure(nlq.GroupMark{Before: true}, "[is |are |was |be ](distributed|spread out|spread)"),
	sure(nlq.Sized{}, "[with ][the ][bubble |point |dot ](size|sized) (is|by|as|for|=|representing|showing|based on|according to|of|set to)[ the]", "scaled by"),
	weak(nlq.Sized{}, "bubble size", "point size", "size"),
	sure(nlq.Sized{Before: true}, "(as|for|on) [the |bubble |point ]size"),
}

// binRules say how wide the bars of a histogram are.
var binRules = []nlq.Rule{
	sure(nlq.Binned{Count: true}, "[by |into ]{n} (bins|buckets|bands|classes|bars)", "[the ]number of (bins|buckets) [of |= |: |is ]{n}", "(bins|buckets) (=|:) {n}"),
	sure(nlq.Binned{}, "[by ]{n} [-](minute|min|hour|year|day|dollar|point|mile|unit|pound|lb|kg|cm|inch|percent|degree) (bins|buckets|bands|intervals|increments|groups|bin|bucket)",
		"(bin|bins|bucket|buckets|bar|interval) [-](width|size|interval|step) [of |= |: |is |to ]{n}", "[by ](bins|buckets|bands|intervals|increments|steps|ranges|groups) of [size |width ]{n}[ minutes| years| dollars]", "[by ]{n} (interval|intervals)",
		"[in |by |with ]{n} (increments|steps)", "rounded [off ]to [the nearest |nearest ]{n}", "to the nearest {n}[ minutes| dollars| years| units| pounds]", "binned (by|to|at|in) {n}[s]"),
	sure(nlq.Binned{}, "[by |in |into ](bins|buckets|bands|ranges|intervals)", "binned", "bucketed", "binning"),
}

// relateRules set one number against another.
var relateRules = []nlq.Rule{
	sure(nlq.VersusMark{Relates: true}, "[is |are ][directly |closely |strongly ](related|correlated|linked|tied) (to|with)", "(relate|relates|relating) to", "(vary|varies|varying|varied|change|changes|changing|correlate|correlates|scale|scales|interact|interacts) (with|along with|according to)", "(change|changes|vary|varies) as", "(affect|affects|influence|influences|impact|impacts|determine|determines|predict|predicts)[ the]", "(depend|depends) [up]on", "as a function of", "in relation to", "in relationship to", "(mean|means|imply|implies|lead to|leads to|come with|comes with|go with|goes with) [a ](higher|lower|more|less|greater|better|worse)", "[behave |behaves |behaving ](compared|relative) to", "(plotted|graphed|charted|drawn) against"),
	weak(nlq.VersusMark{}, "x"),
	sure(nlq.GroupMark{}, "(vary|varies|varying|varied|differ|differs|changes|change|changed) (by|across|among|between|over different|for different)"),
	sure(nlq.GroupMark{Each: true}, "(vary|varies|varying|varied|differ|differs|changes|change|changed) (for|per|in|within) (each|every|different|various)"),
	sure(nlq.Count{}, "occurrences of", "[the ](number|count|#|total number) of (records|rows|entries|observations|data points|occurrences)", "(row|record|total) count", "rowcount"),
	weak(nlq.Count{}, "frequency", "frequencies", "occurrences", "headcount", "head count"),
	sure(nlq.Order{Given: true, Desc: true}, "(most|largest|highest|biggest|greatest) first"),
	sure(nlq.Order{Given: true}, "(least|smallest|lowest|fewest) first"),
	sure(nlq.Noise{}, "category of", "categories of", "[the |of |for |each ]individual", "(does|do) [a |the ](higher|more|lower|greater|larger|bigger|less|longer|shorter|older|newer|heavier|lighter|faster|smaller|cheaper)", "(draw|show|plot|with) [the ]axes[ for| of]", "(with|and) (labels|axis labels|a title|a legend|grid|gridlines)", "(vertical|horizontal|vertically|horizontally)"),
	sure(nlq.Noise{}, "(value|values|cell|cells|fill|intensity|height|heights) (=|:|is|are|as|showing)", "y =", "y :", "on [the ]y", "as [the ]y", "[the ](y|vertical) [- ]axis (representing|depicting|showing|is|for|as|with)", "(using|with) y"),
	sure(nlq.GroupMark{}, "x =", "x :", "[the ](x|horizontal) [- ]axis (representing|depicting|showing|for|with)"),
	sure(nlq.GroupMark{Before: true}, "on [the ]x", "as [the ]x"),
	weak(nlq.Noise{}, "group", "divide", "categorize", "classify", "organize", "timeline of", "varies", "vary", "varied", "differs", "differ", "boring", "nice", "pretty", "basic", "general", "clear"),
}
