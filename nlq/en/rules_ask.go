package en

import (
	"wenshu/nlq"
	"wenshu/semantic"
)

// askRules are question words.
var askRules = []nlq.Rule{
	sure(nlq.Which{}, "which", "which of", "which of the", "which of our", "in which", "for which", "at which", "from which", "to which", "on which", "which ones", "which one", "what kind of", "what type of", "what types of", "what kinds of", "which is the", "which are the", "what sort of", "which were the", "which was the", "by which", "with which", "in what", "at what", "for what", "which specific"),
	sure(nlq.Which{What: nlq.WhatIs}, "what is", "what are", "what was", "what were", "what ' s", "what ' re", "whats", "what is the", "what are the", "what was the", "what were the", "what ' s the", "what is our", "what are our", "what was our", "what were our", "what ' s our", "what will be", "what is the value of", "what did", "what does", "what do", "what has been", "what have been", "what would be"),
	weak(nlq.Which{What: nlq.WhatIs}, "what", "how"),
	weak(nlq.Which{}, "what"),
	sure(nlq.Which{What: nlq.Who, Hints: []string{"name", "full name", "姓名", "名字"}}, "who", "who is", "who are", "who was", "who were", "whom", "who ' s", "who is the", "who are the", "who has", "who have", "who had", "who did", "by whom"),
	sure(nlq.Which{What: nlq.Who, Any: true, Hints: []string{"person", "people"}}, "(does|do|is|are|was|were|have|can) (anyone|anybody|someone|somebody)[ here| still| currently| ever]"),
	sure(nlq.Which{What: nlq.When, Hints: dateHints}, "when", "when was", "when were", "when did", "when is", "when does", "when do", "on which date", "on what date", "what date", "which date", "at what time", "what time", "since when", "what day was", "what is the date", "on what day", "as of when", "when will", "what is the date of"),
	sure(nlq.Which{What: nlq.Where, Hints: placeHints}, "where", "where is", "where are", "where was", "where were", "where do", "where does", "where did", "in what place", "in which place", "whereabouts", "what place"),
	sure(nlq.Which{What: nlq.HowMuch}, "how much", "how much is", "how much was", "how much are", "how much were", "how much did", "how much do", "how much does", "how much has", "how much have", "how much money", "how much (did|do|have) we (make|made|earn|earned)", "how high is", "how high was", "how high", "how big is", "how big was", "how large is", "how large was", "how low is", "how low was", "how great", "how much of", "how much in", "to what extent", "how big", "how large"),
	sure(nlq.Which{What: nlq.HowOld, Hints: ageHints}, "how old", "how old is", "how old are", "what age", "what is the age of", "at what age"),
	sure(nlq.Which{What: nlq.HowOld, Hints: lengthHints}, "how long", "how long is", "how long are", "how long does", "how long did", "how long was", "how long do", "how long were", "how many days", "how many hours", "how many minutes"),
	sure(nlq.Which{What: nlq.HowOld, Hints: heightHints}, "how tall", "how tall is"),
	sure(nlq.Which{What: nlq.HowOld, Hints: weightHints}, "how heavy", "how heavy is"),
	sure(nlq.Which{What: nlq.HowOld, Hints: distanceHints}, "how far", "how far is"),
	sure(nlq.Which{What: nlq.HowOld, Hints: speedHints}, "how fast"),
	sure(nlq.Which{What: nlq.HowOld, Hints: priceHints}, "how expensive"),
	sure(nlq.Which{What: nlq.YesNo}, "is there", "is there any", "is there a", "are there", "are there any", "was there", "was there any", "was there a", "were there", "were there any", "do any", "does any", "did any", "did anyone", "has any", "have any", "is any", "are any", "did anybody", "do we have any", "did we have any", "have we had any", "does there exist", "do there exist", "whether", "whether there are", "whether there is", "has anyone", "is it true that", "can we find any", "any", "were any", "was any", "has there been", "have there been", "has there ever been"),
	weak(nlq.Which{What: nlq.YesNo}, "did", "do", "does", "is", "are", "was", "were", "has", "have"),
}

// countRules count nouns.
var countRules = []nlq.Rule{
	sure(nlq.Rest{}, "and how many (do|did|does|are|were|have|has|is|was|had) not", "and how many (don|didn|doesn|aren|weren|haven|hasn|isn|wasn) ' t", "and how many (aren|don|didn|doesn|weren|haven|hasn|isn|wasn)'t"),
	sure(nlq.Count{}, "no . of", "the no . of", "no of", "nr of", "how many", "how many of", "how many of the", "how many of our", "number of", "the number of", "total number of", "the total number of", "count of", "the count of", "count", "count the", "count the number of", "count how many", "total count of", "the total count of", "quantity of the", "how many total", "how many times", "how many individual", "no. of", "# of", "num of", "amount of times", "total amount of different", "count all", "count up", "counts of", "what number of", "number of all", "the overall number of", "find the number of", "record count of"),
	sure(nlq.Count{Distinct: true}, "how many distinct", "how many unique", "how many different", "number of distinct", "number of unique", "number of different", "the number of distinct", "the number of unique", "the number of different", "count of distinct", "count of unique", "count distinct", "count unique", "distinct count of", "unique count of", "distinct number of", "total number of distinct", "total number of unique", "total number of different", "the count of distinct", "count the distinct", "count the different", "count of different", "count the number of different", "count the number of distinct", "count the number of unique", "a count of distinct"),
	weak(nlq.Count{}, "numbers of", "the numbers of"),
	weak(nlq.Count{Closing: true}, "[the |their |its ](number|count|total number|total count)"),
	weak(nlq.Count{Before: true}, "count", "counts", "tally"),
	sure(nlq.Count{Distinct: true, Before: true}, "distinct count", "unique count"),
	sure(nlq.Count{Before: true, Own: true}, "[, ][and |with |along with ](their|its) [respective |corresponding |associated ](counts|count|frequencies|frequency)", "[, ][and |with |along with ][the ](respective|corresponding) (counts|frequencies)"),
	sure(nlq.Distinct{}, "distinct", "unique", "(what are|list|show|give|find|return|which are)[ me][ all] [the ](different|distinct|unique)", "deduplicated", "de duplicated", "deduped", "without duplicates", "without repetition", "non repeated", "no duplicates", "with no repeats", "without repeats", "only once", "without any duplicates"),
	weak(nlq.Distinct{}, "different", "the different", "separate", "individual"),
}

// aggregateRules name aggregates and averages per something.
var aggregateRules = []nlq.Rule{
	sure(nlq.Agg{Func: "avg"}, "average", "avg", "mean", "averages of", "average of", "the average", "the average of", "mean of", "the mean", "avg of", "the mean of", "average value of", "arithmetic mean of", "on average how much", "average amount of", "average number of", "the average number of", "avg number of", "mean number of", "typical", "mean value of", "the average value of"),
	sure(nlq.Agg{Func: "avg", Before: true}, "on average", "in average"),
	sure(nlq.Agg{Func: "avg", Before: true}, "averaged"),
	weak(nlq.Agg{Func: "avg", Before: true}, "average", "mean", "averages", "avg"),
	sure(nlq.Agg{Func: "median"}, "median", "the median", "median of", "the median of", "median value of"),
	weak(nlq.Agg{Func: "median", Before: true}, "median"),
	sure(nlq.Agg{Func: "max"}, "maximum", "max", "the maximum", "max of", "maximum of", "the maximum of", "maximum value of", "peak", "the max", "highest value of", "highest single", "largest single", "the maximum value of", "maximal"),
	weak(nlq.Agg{Func: "max"}, "highest", "largest", "the highest", "the largest", "biggest", "the biggest", "greatest", "the greatest", "latest", "the latest", "most recent"),
	sure(nlq.Agg{Func: "min"}, "minimum", "min", "the minimum", "min of", "minimum of", "the minimum of", "minimum value of", "the min", "lowest value of", "lowest single", "smallest single", "the minimum value of", "minimal"),
	weak(nlq.Agg{Func: "min"}, "lowest", "smallest", "the lowest", "the smallest", "earliest", "the earliest"),
	weak(nlq.Agg{Func: "max", Before: true}, "maximum", "max", "peak"),
	weak(nlq.Agg{Func: "min", Before: true}, "minimum", "min"),
	sure(nlq.Agg{Func: "stddev"}, "standard deviation of", "standard deviation", "std dev of", "stddev of", "stdev of", "std of", "the standard deviation of", "the standard deviation in", "std deviation of", "std"),
	weak(nlq.Agg{Func: "stddev", Before: true}, "standard deviation", "std dev", "stddev", "stdev"),
	sure(nlq.Agg{Func: "variance"}, "variance of", "variance in", "the variance of", "variance"),
	weak(nlq.Agg{Func: "variance", Before: true}, "variance"),
	sure(nlq.Agg{Func: "sum"}, "total", "sum of", "the sum of", "total of", "the total of", "sum", "the total", "overall", "aggregate", "the overall", "total amount of", "the total amount of", "sum total of", "the combined", "add up", "adding up", "total sum of", "total value of", "the total value of", "totals of", "gross total of", "grand total of", "sum up", "whole", "entire", "the aggregate", "summed", "collective"),
	sure(nlq.Agg{Func: "sum", Before: true}, "in total", "altogether", "in sum", "totals", "all together", "combined", "all in all", "summed up", "in all", "grand total", "in aggregate"),
	weak(nlq.Agg{Func: "sum", Before: true}, "total", "sum", "overall"),
	sure(nlq.AvgPer{Unit: semantic.Day}, "average daily", "daily average", "average per day", "on average per day", "avg daily", "mean daily", "avg per day", "daily avg", "average a day", "the average daily", "the daily average", "the daily average of", "daily average of", "on an average day", "on average each day", "on average every day", "on average a day", "average for each day"),
	sure(nlq.AvgPer{Unit: semantic.Week}, "average weekly", "weekly average", "average per week", "on average per week", "avg weekly", "mean weekly", "avg per week", "the average weekly", "the weekly average", "weekly average of", "on average each week", "on average a week"),
	sure(nlq.AvgPer{Unit: semantic.Month}, "average monthly", "monthly average", "average per month", "on average per month", "avg monthly", "mean monthly", "avg per month", "the average monthly", "the monthly average", "monthly average of", "the monthly average of", "on average each month", "on average a month", "average a month", "on average every month"),
	sure(nlq.AvgPer{Unit: semantic.Quarter}, "average quarterly", "quarterly average", "average per quarter", "avg quarterly", "mean quarterly", "the quarterly average", "quarterly average of"),
	sure(nlq.AvgPer{Unit: semantic.Year}, "average yearly", "yearly average", "average annual", "annual average", "average per year", "avg yearly", "mean annual", "avg per year", "the average annual", "the annual average", "annual average of", "on average each year", "on average per year", "on average a year"),
	sure(nlq.AvgPer{Unit: semantic.Hour}, "average hourly", "hourly average", "average per hour", "the hourly average", "avg per hour"),
	sure(nlq.AvgPer{Hints: personHints}, "per capita", "per person", "per head", "per customer head", "a head", "each person on average", "a person on average", "average per person"),
	sure(nlq.AvgPer{}, "average per", "avg per", "on average per", "mean per", "average for each", "per each on average", "average by each", "on average for each", "on average by each"),
}

// shareRules are parts, ratios and differences.
var shareRules = []nlq.Rule{
	sure(nlq.Share{}, "share", "share of", "the share of", "market share", "share of total", "share in", "share of the total", "percentage of", "percentage of the total", "percent of", "percent of total", "percent of the total", "percentage of total", "% of", "% of total", "% of the total", "proportion", "proportion of", "the proportion of", "the percentage of", "what percentage of", "what percent of", "what proportion of", "what share of", "what fraction of", "what % of", "contribution", "contribution of", "contribution to", "contribution to total", "contributions", "contribute to", "contributes to", "contributed to", "contribute", "contributes", "contributed", "fraction of", "portion of", "slice of", "what slice of", "what portion of", "as a percentage of total", "as a share of total", "as a percent of total", "as % of total", "as a percentage of the total", "as a share of the total", "shares", "composition", "composition of", "mix", "makeup of", "how much of the total", "account for", "accounts for", "accounted for", "percentage share", "percentage breakdown", "percent share", "percentage contribution", "relative share", "make up", "makes up", "made up", "percentage by", "percent by", "represent what percentage of", "percentages of", "in what (percentage|percent|share|proportion|fraction) of", "percentage distribution", "what part of", "percentage each", "proportions of"),
	weak(nlq.Share{}, "percentage", "percent", "the percentage", "ratio", "rate of", "%", "part of"),
	sure(nlq.Share{Within: true}, "share within", "share within each", "percentage within", "percent within", "share inside", "within group share", "share within its", "proportion within", "percent of parent", "share of parent", "percentage of parent", "share in each", "share within the", "percentage within each", "percentage in each", "proportion in each", "share of its"),
	sure(nlq.Ratio{Between: true}, "divided by", "over the number of", "as a ratio of", "as a percentage of", "as a percent of", "as a share of", "as % of", "as a proportion of", "as a fraction of", "ratio to", "to the ratio of", "÷", "relative to total"),
	weak(nlq.Ratio{Between: true}, "per", "over", "to", "/", "for every"),
	sure(nlq.Ratio{}, "ratio of", "the ratio of", "ratio between", "the ratio between", "ratio", "rate of", "quotient of", "the rate of"),
	sure(nlq.Difference{}, "difference between", "the difference between", "difference in", "difference of", "the difference in", "difference", "gap", "gap between", "the gap between", "delta between", "spread between", "variance between", "discrepancy between", "differential", "the delta between", "differences between", "the gap in", "margin between", "absolute difference between", "differences in", "the differences between"),
	sure(nlq.Difference{Between: true}, "minus", "less the", "subtract", "net of"),
	sure(nlq.Difference{Asked: true}, "how much more", "how much higher", "how much lower", "how much less", "how many more", "how many fewer", "how much better", "how much larger", "how much smaller", "by how many", "how much worse", "how much bigger", "how many less"),
	sure(nlq.VersusMark{}, "compare", "comparison of", "comparison between", "a comparison of", "compared", "comparing", "vs", "vs.", "versus", "v", "v.", "v / s", "v . s .", "v.s.", "v.s", "v s", "side by side", "comparison", "compare the", "against each other", "compare between", "stack up", "head to head", "compares", "contrast", "a comparison between", "comparisons of"),
	sure(nlq.VersusMark{Against: true}, "(compare|compared|comparing|comparison) w[ /]", "compared to", "compared with", "against", "relative to", "in comparison to", "in comparison with", "as compared to", "as compared with", "compares with", "compares to", "as opposed to", "when compared to", "when compared with", "compare to", "compare with", "compare against", "stack up against"),
	weak(nlq.VersusMark{Against: true}, "than", "than the", "than in"),
}
