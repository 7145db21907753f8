package en

import "wenshu/nlq"

// showRules are wishes about how an answer looks.
var showRules = []nlq.Rule{
	sure(nlq.Listing{}, "list", "list all", "list of", "a list of", "the list of", "list the", "list of all", "list all the", "listing of", "list out", "list down", "details", "details of", "detail", "the details of", "detailed list", "rows", "rows of", "show rows", "raw data", "raw rows", "records", "the records", "individual records", "line items", "line by line", "itemized", "enumerate", "show all", "show all the", "display all", "give me all", "give all", "return all", "what are all the", "what are all", "which are all", "find all", "get all", "show me all", "show me all the", "show details", "show the details of", "drill through", "transactions list", "list every", "show every", "name the", "name all", "all the details", "full list of", "the full list of", "display the details of", "list me", "names of all", "show the list of", "print", "print all", "list each", "the names of", "give the names of", "find the names of", "what are the names of", "show the names of", "return the names of", "list the names of", "list names of", "show me the list of", "get me a list of", "provide a list of", "give me a list of", "show me a list of"),
	weak(nlq.Listing{Weak: true}, "show", "display", "find", "return", "give", "get", "show me", "give me", "what are", "see", "view", "which", "what", "show me the", "give me the", "tell me", "find the", "show the", "display the", "return the", "name", "names of", "what are the", "get me", "look up", "search", "search for", "lookup", "find me", "identify", "retrieve"),
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
	sure(nlq.InUnit{Said: "seconds|秒"}, "in (seconds|secs)"), sure(nlq.InUnit{Said: "minutes|分钟"}, "in (minutes|mins)"), sure(nlq.InUnit{Said: "hours|小时"}, "in (hours|hrs)"), sure(nlq.InUnit{Said: "days|天"}, "in days"),
	sure(nlq.InUnit{Said: "kg"}, "in (kg|kgs|kilograms)"), sure(nlq.InUnit{Said: "km"}, "in (km|kilometers|kilometres)"), sure(nlq.InUnit{Said: "miles"}, "in miles"), sure(nlq.InUnit{Said: "m"}, "in (meters|metres)"), sure(nlq.InUnit{Said: "ft"}, "in (feet|ft)"),
	sure(nlq.InUnit{Percent: true}, "in percent", "as a percentage", "as percentage", "as percent", "as a percent", "in %", "as percentages", "in percentage", "in percentages", "percentage format", "as %", "(give|express|show|report|return|state|present|display|write|provide) [the |your |all ](result|results|answer|answers|values|value|output|it|them) (as a percentage|as percentage|as percentages|as a percent|in percent|as %|in %|in percentage|as percent|in percentages)"),
	sure(nlq.Export{Kind: "xlsx"}, "[export |download |save |send |export it |download it |export this |give me ](to|as|in|into|an|as an|to an) (excel|xlsx|xls|spreadsheet|excel file|excel sheet)", "export excel", "download excel", "excel export", "excel file"),
	sure(nlq.Export{Kind: "csv"}, "[export |download |save |send |export it |download it |export this |give me ](to|as|in|into|a|as a|to a) csv[ file]", "export csv", "download csv", "csv export", "csv file"),
	sure(nlq.Export{}, "export", "download", "export it", "download it", "export this", "download this", "export the data", "download the data", "export the results", "save as file", "save to file", "export results"),
}
