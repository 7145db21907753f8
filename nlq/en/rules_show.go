package en

import "wenshu/nlq"

// as may stand before the name of a chart.
const as = "[as a |as an |in a |in an |using a |with a |on a |to a |into a |draw a |draw me a |plot a |make a |create a |show a |show me a |give me a |build a |render a |display a |a |plot as a |show as a |show it as a |display as a |as ]"

// showRules are wishes about how an answer looks.
var showRules = []nlq.Rule{
	sure(nlq.Listing{}, "list", "list all", "list of", "a list of", "the list of", "list the", "list of all", "list all the", "listing of", "list out", "list down", "details", "details of", "detail", "the details of", "detailed list", "rows", "rows of", "show rows", "raw data", "raw rows", "records", "the records", "individual records", "line items", "line by line", "itemized", "enumerate", "show all", "show all the", "display all", "give me all", "give all", "return all", "what are all the", "what are all", "which are all", "find all", "get all", "show me all", "show me all the", "show details", "show the details of", "drill through", "transactions list", "list every", "show every", "name the", "name all", "all the details", "full list of", "the full list of", "display the details of", "list me", "names of all", "show the list of", "print", "print all", "list each", "the names of", "give the names of", "find the names of", "what are the names of", "show the names of", "return the names of", "list the names of", "list names of", "show me the list of", "get me a list of", "provide a list of", "give me a list of", "show me a list of"),
	weak(nlq.Listing{Weak: true}, "show", "display", "find", "return", "give", "get", "show me", "give me", "what are", "see", "view", "which", "what", "show me the", "give me the", "tell me", "find the", "show the", "display the", "return the", "name", "names of", "what are the", "get me", "look up", "search", "search for", "lookup", "find me", "identify", "retrieve"),
	sure(nlq.Chart{Kind: "line"}, as+"(line chart|line charts|line graphs|line graph|line plot|linechart|trend chart|trend line chart|trend graph|line|lines|curve|time series chart|time series plot|run chart|spline|linegraph|line diagram)"),
	sure(nlq.Chart{Kind: "column"}, as+"(column chart|column charts|column graph|columns|vertical bar chart|vertical bars|stacked column chart|column plot)"),
	sure(nlq.Chart{Kind: "bar"}, as+"(bar chart|bar charts|bar graphs|bar graph|bar plot|barchart|bars|bar|horizontal bar chart|stacked bar chart|bar diagram|grouped bar chart|stacked bars|bargraph|stacked bar|horizontal bars|stacked bar graph)"),
	sure(nlq.Chart{Kind: "pie"}, as+"(pie chart|pie charts|pie|piechart|donut|donut chart|doughnut|doughnut chart|pie graph|ring chart|pie diagram|pie plot)"),
	sure(nlq.Chart{Kind: "area"}, as+"(area chart|area graph|area plot|stacked area chart|stacked area)"),
	sure(nlq.Chart{Kind: "scatter"}, as+"(scatter plot|scatter plots|scatterplots|scatter chart|scatter|scatterplot|bubble chart|scatter graph|dot plot|bubble plot|scatter diagram|scattergram|xy chart|point chart|strip plot)"),
	sure(nlq.Chart{Kind: "scatter"}, "[the |any |a ](relationship|correlation|relation|association) (between|of|among)", "[a |the ](relationship|correlation)"),
	sure(nlq.Chart{Kind: "map"}, as+"(map|geo map|choropleth|world map|geographic map|geomap|map chart)", "on a map", "on the map"),
	sure(nlq.Chart{Kind: "heatmap"}, as+"(heatmap|heat map|heat chart|correlation matrix)"),
	sure(nlq.Chart{Kind: "histogram"}, as+"(histogram|distribution chart|frequency chart|frequency distribution|histograms|distribution plot)"),
	sure(nlq.Chart{Kind: "funnel"}, as+"(funnel|funnel chart)"),
	sure(nlq.Chart{Kind: "treemap"}, as+"(treemap|tree map)"),
	sure(nlq.Chart{Kind: "radar"}, as+"(radar chart|radar|spider chart|spider plot|web chart)"),
	sure(nlq.Chart{Kind: "table"}, as+"(table|data table|grid|pivot table|crosstab|matrix|spreadsheet view|tabular form|cross tab)", "in tabular form", "in table form", "as a table", "tabulate", "in table format", "in tabular format"),
	sure(nlq.Chart{}, as+"(chart|graph|plot|visualization|visualisation|figure|diagram|visual)", "chart it", "graph it", "plot it", "visualize it", "plot the", "chart of", "graph of", "plot of", "charted", "plot", "graph", "chart", "draw", "plotted", "graphed", "graphically", "draw the", "as charts", "show a chart of", "show a graph of", "a graph showing", "a chart showing", "a plot showing", "show a plot of", "visualize", "visualise", "visualize the", "create a visualization of"),
	sure(nlq.InUnit{Scale: 1000}, "in thousands", "in thousand", "in k", "in '000s", "in 000s", "expressed in thousands", "in thousands of dollars", "in thousands of yuan", "by the thousand"),
	sure(nlq.InUnit{Scale: 1000000}, "in millions", "in million", "in mm", "in mn", "expressed in millions", "in millions of dollars", "in millions of yuan", "in mil"),
	sure(nlq.InUnit{Scale: 1000000000}, "in billions", "in billion", "in bn", "expressed in billions"),
	sure(nlq.InUnit{Scale: 10000}, "in ten thousands", "in tens of thousands", "in wan"),
	sure(nlq.InUnit{Scale: 1}, "in units", "in full", "in full numbers", "in plain numbers", "unrounded", "exact numbers"),
	sure(nlq.InUnit{Currency: "USD"}, "in usd", "in dollars", "in us dollars", "in $", "converted to usd", "converted to dollars", "convert to usd", "convert to dollars"),
	sure(nlq.InUnit{Currency: "EUR"}, "in eur", "in euros", "in €", "converted to eur", "converted to euros", "convert to eur", "convert to euros"),
	sure(nlq.InUnit{Currency: "GBP"}, "in gbp", "in pounds", "in £", "converted to gbp", "convert to gbp", "in british pounds"),
	sure(nlq.InUnit{Currency: "CNY"}, "in cny", "in rmb", "in yuan", "in ¥", "converted to cny", "converted to rmb", "convert to cny", "convert to rmb"),
	sure(nlq.InUnit{Currency: "JPY"}, "in jpy", "in yen", "converted to yen", "convert to yen"),
	sure(nlq.InUnit{Percent: true}, "in percent", "as a percentage", "as percentage", "as percent", "as a percent", "in %", "as percentages", "in percentage", "in percentages", "percentage format", "as %"),
	sure(nlq.Export{Kind: "xlsx"}, "[export |download |save |send |export it |download it |export this |give me ](to|as|in|into|an|as an|to an) (excel|xlsx|xls|spreadsheet|excel file|excel sheet)", "export excel", "download excel", "excel export", "excel file"),
	sure(nlq.Export{Kind: "csv"}, "[export |download |save |send |export it |download it |export this |give me ](to|as|in|into|a|as a|to a) csv[ file]", "export csv", "download csv", "csv export", "csv file"),
	sure(nlq.Export{}, "export", "download", "export it", "download it", "export this", "download this", "export the data", "download the data", "export the results", "save as file", "save to file", "export results"),
}
