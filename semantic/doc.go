// Package semantic is the meaning room: the semantic model that analysts write,
// the query line that everybody speaks, and Bind, which turns a query into a
// plan for one viewer at one moment. It knows metrics, dimensions, joins,
// calendars and rules; it must never know the SQL of a dialect, a clock or a
// network.
//
// # The query line
//
// A query is one line that a person can read aloud:
//
//	revenue, revenue / orders as aov by province, paid_at:month where channel = "app"
//	  having revenue > 1000 during month(-1) vs year_ago show growth sort -revenue limit 3 per province
//
// Grammar ("[ ]" optional, "{ }" repeated, "|" or; keywords are lower case;
// clauses are read in any order and written in this one, each at most once):
//
//	query     = ( items | list ) [ by ] [ where ] [ having ] [ on ] [ during ] [ versus ] [ show ] [ fill ] [ sort ] [ limit ] [ totals ]
//	items     = item { "," item }
//	item      = expr [ "as" ident ]
//	list      = "list" [ "distinct" ] items [ "from" ident { "," [ "each" ] ident } ]
//	                                                                   (further tables: their rows meet those before them by the join
//	                                                                   between the two, and what has no partner stands alone; "each"
//	                                                                   takes every row with each of its rows instead)
//	by        = "by" group { "," group }
//	group     = ( name | grained | bucket ) [ "as" ident ]
//	bucket    = "bucket" "(" cond [ "per" name ] "," number { "," number } ")"   (one number: equal widths; several: edges;
//	                                                                   per: of what each has in the period and under the conditions)
//	where     = "where" cond                                           (on rows: dimensions)
//	having    = "having" cond                                          (on results: metrics, keys, shares, growth)
//	on        = "on" name                                              (the time dimension that counts)
//	during    = "during" period { "," period }
//	versus    = "vs" against { "," against }
//	against   = ( "prior" | ago | period ) [ "align" ( "elapsed" | "full" | "weekday" | "festival" ) ]
//	ago       = ( "year_ago" | "half_ago" | "quarter_ago" | "month_ago" | "week_ago" | "day_ago" ) [ "(" int ")" ]
//	show      = "show" shown { "," shown }
//	shown     = ( "prior" | "change" | "growth" | "share" | "rank" | "running" | "moving" ) [ "(" [ args ] ")" ]
//	fill      = "fill" [ "0" | "once" ]                                (once: a period without any row once, not for each other key)
//	sort      = "sort" [ "-" ] expr { "," [ "-" ] expr }               (a minus in front of the whole key: largest first)
//	limit     = "limit" int [ "offset" int ] [ "per" ( name | grained ) { "," … } ]
//	totals    = "totals"
//
//	cond      = and { "or" and };  and = not { "and" not };  not = { "not" } test
//	test      = expr [ ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) expr
//	          | [ "not" ] "in" ( "(" ( member { "," member } | query ) ")" | "{" viewer "}" )
//	          | [ "not" ] "between" expr "and" expr
//	          | "is" [ "not" ] "null"
//	          | [ "not" ] ( "contains" | "starts" | "ends" ) string
//	          | [ "not" ] "during" period { "," period } ]             (behind a bare name; among arguments one period only)
//	member    = literal | viewer;  viewer = "viewer" "." ident         (a nested query has "by" or is a list)
//	expr      = term { ( "+" | "-" ) term };  term = factor { ( "*" | "/" ) factor }
//	factor    = literal | "-" factor | "(" cond ")" | grained | case | viewer | "{" viewer "}"
//	          | ( name | call ) { "{" cond "}" }
//	literal   = [ "-" ] number | string | date | "true" | "false" | "null"
//	call      = ident "(" [ [ "distinct" ] args [ "per" name-or-grained { "," … } ] ] ")";  args = cond { "," cond }
//	case      = "case" { "when" cond "then" expr } [ "else" expr ] "end"
//	name      = ident { "." ident }                                    (a table and the joins from it come first)
//	                                                                   ("time.phase" in "by": what the calendar table that each
//	                                                                   metric's own time leads to says of the day that a value is
//	                                                                   shown for, a company's own week; "fill" adds those without rows)
//	grained   = name ":" grain                                         ("time" is each metric's own time axis; "since", without
//	                                                                   a grain, the periods after an entity's first act)
//	number    = digits [ "." digits ] [ "e" [ "+" | "-" ] digits ]     (exact, but for an exponent; at most 38 digits)
//	date      = "@" day [ "T" clock ]                                  (a literal: @2026-03-05, @2026-03-05T12:00)
//	ident     = letter { letter | digit | "_" } | "`" any "`"          (letters of every script, "_" among them)
//	string    = '"' … '"' with \" \\ \n \t \r \uXXXX, or the same in single quotes; a doubled quote is one
//
// Reserved, and names only in back quotes or behind a point: list distinct from
// as by where having on during vs show fill sort limit per totals and or not in
// between is null contains starts ends true false case when then else end. A
// text holds at most 16 KiB and 64 levels.
//
//	grain     = "millisecond" | "second" … "year" | "fiscal_month" … "fiscal_year" | "hour_of_day" | "day_of_week" | "day_of_month"
//	          | "day_of_year" | "week_of_year" | "month_of_year" | "quarter_of_year" | "working_day"
//
// Periods say what was meant; Resolve dates them:
//
//	period    = base { "." within } [ "to" period ]
//	base      = "all" | unit "(" int [ ".." int ] ")"                  (relative to now: month(-1), day(-7..-1))
//	          | named | unit "(" named ")"                             (2026, 2026-H1, 2026-Q1, 2026-03, 2026-W12, 2026-03-05, fiscal_year(2025),
//	                                                                   fiscal_month(2025-03): the third month of that fiscal year)
//	          | [ instant ] ".." [ instant ]                           (half-open: 2026-06-01..2026-07-01)
//	          | "festival" "(" ident "," int ")" | "(" period ")"
//	          | ( "since" | "after" | "before" | "until" ) "(" period ")"
//	within    = unit "(" int [ ".." int ] ")"                          (the n-th inside; negative from the end)
//	          | "to_date"                                              (cut where now stands)
//	          | "shift" "(" unit "," int ")"
//
// Functions over metrics: share(m[, parent…]) (of the whole; beside other groups, of
// each period), rank(m[, within…]), running(m[, unit]),
// moving(m, n[, avg|sum|min|max]), prior(m), change(m), growth(m) (of the first
// comparison), overall(m[, within…]) (without the groups: by city having aov > overall(aov);
// over rows, that of those of the same kind: where price > overall(avg(price), brand)),
// streak(condition) (how many visible periods in a row it has held, up
// to this one). Aggregates over dimensions: count(t), count_distinct(d),
// sum, avg, min, max, median, stddev, variance, percentile(d, 0.9),
// percentile_disc(d, 0.9); with "per" they aggregate a metric first computed at a
// finer grain: avg(revenue per store), and count(revenue > 1000 per store) counts
// those of the finer groups that pass. Scalars: round, floor, ceil, abs, coalesce,
// nullif, least, greatest, lower, upper, length, days_between (midnights),
// seconds_between, years_between (birthdays), today() (the day of the question).
//
// One example per construct; the comment names what it becomes in a Plan.
//
//	1  revenue, orders                                     two Slots
//	2  revenue by province, channel                        Keys
//	3  revenue where city = "上海"                          Branch.Where
//	4  revenue where city in ("上海", "苏州")                Branch.Where
//	5  revenue where region not in ("华东")                 Branch.Where, null members stay
//	6  customers where name starts "王"                     Branch.Where, Match
//	7  orders where channel is null                        Branch.Where, IsNull
//	8  revenue by store having revenue > 100000            Plan.Having
//	9  orders where orders.amount >= 2500                  Branch.Where on a row value
//	10 revenue by product sort -revenue limit 5            Order, Limit
//	11 revenue by product sort revenue limit 5             Order, Limit
//	12 revenue by region, product sort -revenue limit 3 per region   Per
//	13 revenue by store show rank                          OverRows rank
//	14 revenue by store sort -revenue                      Order
//	15 revenue by region sort -revenue limit 1             Order, Limit
//	16 count(customers) by city                            Measure count
//	17 count_distinct(orders.customer_id) by city          Measure count_distinct
//	18 median(orders.amount), max(orders.amount)           Measures
//	19 revenue / count(stores) as per_store, avg(revenue per time:day)   Computed; Inner
//	20 revenue by channel show share                       OverRows share
//	21 revenue by region, product show share(region)       OverRows share, Partition
//	22 refunds / revenue as rate                           Computed
//	23 revenue{city = "上海"} - revenue{city = "苏州"} as gap   Measure.Where, Computed
//	24 revenue during day(-1)                              Window
//	25 revenue during week(-1)                             Window
//	26 revenue during day(-7..-1)                          Window
//	27 revenue during month(-3)                            Window
//	28 revenue during year(0).to_date                      Window
//	29 revenue during 2026-03-05..2026-04-03               Window
//	30 revenue during year(-1).half(1)                     Window
//	31 revenue during fiscal_quarter(-1)                   Window
//	32 revenue where paid_at:day_of_week in (6, 7)         Part
//	33 revenue during festival(double11, -1) vs year_ago align festival   Window, Comparisons
//	34 revenue by time:month during month(-12..-1) fill    Keys, Spine
//	35 revenue where paid_at:day_of_month <= 5             Part
//	36 revenue during month(-1) vs year_ago show growth    Comparisons
//	37 revenue by time:month vs prior show growth          Comparisons
//	38 margin_rate during month(-1) vs prior show change   ChangeColumn in points
//	39 revenue by product having growth(revenue) < -0.1 vs prior sort growth(revenue) limit 10   Having
//	40 revenue by time:day show moving(7)                  OverRows moving
//	41 revenue by time:month during year(0) show running   OverRows running
//	42 stock by time:month                                 LastBy
//	43 revenue, target, revenue / target as achieved by region   two Branches
//	44 revenue by city where city in ("上海", "苏州") vs year_ago   Keys
//	45 revenue by time:month where customer in (orders by customer where product = "云朵沙发")   InPlan
//	46 count(customers) where customer in (orders by customer having orders >= 3 during 2025)   InPlan
//	47 retention by time:month, since during year(0)        Cohort
//	48 orders by bucket(orders.amount, 0, 500, 2000)       Keys, Case
//	48 buyers by bucket(orders per customer, 1, 2, 3) during 2025   Keys, InPlan
//	49 list order_no, customer, amount from orders sort -amount limit 20   Rows
//	50 list store, address from stores where distance <= 5   Rows (a place needs a model with distances)
//	51–64 are readings and presentations: a chart wish, why, odd values, forecast,
//	definition, help, freshness, follow-ups (a new query line each), noise,
//	spelling, mixed language and units leave no mark of their own in the line.
//	65 revenue by store, time:month having streak(change(revenue) < 0) >= 3 during month(-3..-1) vs prior   OverRows running, moving
//	66 visit_to_buy by source, time:month during year(0)   Convert, Computed
//
// # The model files
//
// A model is a folder of YAML files (*.yaml, *.yml), one per subject, merged by
// section. Load reads them strictly: unknown keys are errors with the nearest
// legal key, anchors, aliases, merge keys and tags are refused, a file holds one
// document of at most 1 MiB. model.schema.json describes every key. This model
// shows all of them:
//
//	model: {name: shop, label: {zh: 乐居家居, en: Leju Home}, currency: CNY, warehouse: sales}
//	calendar:
//	  zone: Asia/Shanghai               # default: UTC
//	  week_start: monday
//	  fiscal_start: 4                   # first month of the fiscal year
//	  fiscal_by_end: false              # named by the calendar year it ends in
//	  recent_with_today: false          # "the last 7 days" of a question end with today, not with yesterday
//	# fiscal_weeks: 4-4-5               # fiscal units of whole weeks, with fiscal_begins: before, nearest (the default), after
//	  festivals:                        # days and half-open ranges, as in the query line
//	    spring: {label: {zh: 春节, en: Spring Festival}, synonyms: [过年], dates: {2026: 2026-02-17..2026-02-24}}
//	    double11: {label: {zh: 双十一, en: Double 11}, dates: {2025: 2025-11-11, 2026: 2026-11-11}}
//	  days_off: [2026-10-01..2026-10-08]
//	  make_up_days: [2026-10-10]
//	tables:
//	  orders:
//	    label: {zh: 订单, en: order}    # one text is filed by its script; default: the name in words
//	    plural: orders                  # of the English label, where it is not regular
//	    synonyms: [单子]
//	    description: {zh: 已提交的订单, en: submitted orders}
//	    warehouse: sales                # default: the model's, else the first one named
//	    source: shop.orders             # default: the table's name
//	    keys: [[order_id], [order_no]]  # or key: [order_id]; key: order_id
//	    time: paid_at                   # the default time; table.dimension where joins lead to it
//	    display: [order_no]             # what stands for a row in lists; default: its key
//	    detail: [paid_at, customer.name, channel, amount]   # what a list of whole rows shows besides; default: its time, status, names and amounts
//	    columns: {paid_amount: decimal(2), cost: decimal(2), status: text}   # columns that are no dimensions; then no others are
//	    joins:
//	      customer: {to: customers, on: customer_id}              # same name both sides
//	      ship_to: {to: cities, on: {ship_city_id: city_id}, label: {zh: 收货城市, en: ship-to city}}
//	      level: {to: member_levels, on: customer_id, at: paid_at}  # picks the valid version; at: now the present one, at: time that of the rows counted
//	      tags: {to: order_tags, on: order_id, many: true}        # a bridge
//	    dimensions:
//	      order_no:                     # nothing said: a text column of that name
//	      paid_at: {type: timestamp, label: {zh: 支付时间, en: paid at}}
//	      ordered_at: {type: {type: timestamp, zone: UTC}}        # a stored instant, shown on the calendar's clock
//	      shipped_on: {type: {type: text, layout: 2006/01/02}}    # a date held as text; whole months in 2006-01
//	      channel:
//	        label: {zh: 渠道, zh-TW: 通路, en: channel}   # zh-TW is zh in other characters where it is not said
//	        synonyms: [销售渠道]
//	        type: text                  # text int decimal(2) float bool date timestamp epoch_s epoch_ms yyyymm yyyymmdd yyyy
//	        expr: channel_code          # default: the dimension's name
//	        values: {app: [APP, 手机端], store: {label: {zh: 门店, en: store}, aliases: [线下], description: 直营门店}, other: }
//	        closed: true                # these are all members
//	        ordered: true               # in their natural order
//	        parent: channel_group       # the next coarser level
//	        index: auto                 # auto, never (sensitive), on_demand
//	      channel_group: {values: [online, offline]}
//	      amount: {type: decimal(2), sum: sum, unit: money, format: {style: money, decimals: 2}}
//	      large: {expr: amount_due >= 5000}                       # a truth value is a bool; other calculations say their type
//	      customer: {of: customer}      # the entity a join leads to, shown by its display
//	  customers:
//	    key: customer_id
//	    display: name
//	    joins: {city: {to: cities, on: city_id}}
//	    dimensions: {name: , phone: {index: never}, customer_no: {expr: customer_id, type: int}, registered_on: {type: yyyymmdd}}
//	  cities: {key: city_id, dimensions: {city: {parent: province}, province: , city_id: {type: int}}}
//	  member_levels:
//	    key: [customer_id, valid_from]
//	    hidden: true                    # not offered by name
//	    validity: {from: valid_from, to: valid_to}   # without to, until the next version
//	    dimensions: {level: , valid_from: {type: date}, valid_to: {type: date}}
//	  order_tags: {key: [order_id, tag], hidden: true, dimensions: {tag: }}
//	  sku_days: {key: [sku, day], hidden: true, dimensions: {on_shelf: {type: bool}}}   # one row per day: a snapshot
//	  stores: {key: store_id, dimensions: {store_id: {type: int}, city: }, joins: {best: {to: sku_days, on: {best_sku: sku}, with: {day: day}}}}   # of the day of the rows counted
//	  stock: {key: [day, warehouse_id, sku], time: stat_day, joins: {store: {to: stores, on: {warehouse_id: store_id}}}, dimensions: {stat_day: {type: yyyymmdd, expr: day}, warehouse_id: , sku: }}
//	  visits: {time: visited_at, dimensions: {visited_at: {type: epoch_ms}, user: {same_as: customers.customer_no, type: int}, source: }}
//	  goals: {key: goal_month, time: goal_month, hidden: true, dimensions: {goal_month: {type: yyyymm}, planned: {type: decimal(2)}}}
//	  products: {warehouse: factory, key: sku, dimensions: {sku: {same_as: stock.sku}, list_price: {type: decimal(2)}}}
//	metrics:
//	  revenue:
//	    expr: sum(orders.paid_amount)
//	    where: orders.status = "paid"
//	    label: {zh: 销售额, en: revenue}
//	    synonyms: [营业额, GMV, sales]
//	    description: {zh: 已支付订单的实付金额, en: amounts paid}
//	    unit: CNY                       # ISO 4217, money (the model's currency), % or a counted noun
//	    format: money                   # number, percent, money, duration, or {style: money, decimals: 2}
//	    owner: finance
//	    time: orders.paid_at            # default: the home table's time
//	    default: month(0).to_date       # the period when a question names none
//	    fill: 0                         # none for a count that is empty where nothing is
//	    good: up                        # up, down
//	  orders: {expr: count(orders), label: {zh: 订单数, en: orders}}
//	  margin: {expr: revenue - sum(orders.cost)}
//	  margin_rate: {expr: margin / revenue, format: percent}
//	  app_share: {expr: "revenue{channel = 'app'} / revenue", format: percent}
//	  per_day: {expr: avg(revenue per paid_at:day)}
//	  visits: {expr: count(visits)}
//	  stock: {expr: sum(stock.qty), over_time: last, per: [stock.warehouse_id]}   # each warehouse at its own last day; of avg, min and max each over its own days
//	  revenue_ytd: {expr: revenue, to_date: year}   # with the unit, format and direction of revenue
//	  revenue_r12: {expr: revenue, window: 12 months}
//	  revenue_all: {expr: revenue, running: true}
//	  revenue_ly: {expr: revenue, offset: 1 year}
//	  goal: {expr: sum(goals.planned), prorate: true}   # known by months: of half a month it is half, of a day the day's part
//	  work_goal: {expr: sum(goals.planned), prorate: working_days}   # by the calendar's working days: a day off has none
//	  revenue_lm: {expr: revenue, offset: 1 month, clamp: true}   # at days that the earlier month lacks that of its last day, not nothing
//	  revenue_pw: {expr: revenue, offset: 1 time.trade_week}   # by an attribute of days in the calendar table that paid_at leads to
//	  revenue_mid: {expr: revenue, window: 3 months, shows: avg}   # of a longer period the mean of its days, not the last
//	  revenue_day1: {expr: revenue, at_start: month}   # at each day, that of the first day of its month
//	  retention: {retain: {from: orders, to: orders, by: orders.customer, every: month, rate: true}}
//	  visit_to_buy: {convert: {from: visits, to: orders, by: visits.user, within: 7 days, rate: true, constant: {source: channel}}}
//	rules:
//	  - {table: orders, where: "orders.customer.city.province in {viewer.province}", unless: {role: finance}}
//	  - {table: orders, hide: [cost], unless: {role: [finance, audit]}}
//	  - {hide_metrics: [margin_rate], unless: {role: finance}}
//	phrases:
//	  - {words: [买过, bought, purchased], on: customers, through: orders, where: orders.paid_at is not null}
//	  - {words: [大额, large], on: orders, where: orders.amount >= 5000}
//	questions:
//	  - {ask: [上个月各省销售额, revenue by province last month], query: "revenue by province during month(-1)", by: ann}
//	  - {ask: ["{period}{city}卖得最好的{n}个渠道"], query: 'revenue by channel where city = "上海" during month(-1) sort -revenue limit 3'}   # slots
//
// Strings in expressions take single or double quotes. Expressions of dimensions
// name columns of their own table; expressions of metrics name columns as
// table.column (a dimension of that name or a physical column) and metrics by
// their name. A longer name goes on through joins: orders.customer.city.province.
// Filters may also use the short name of a dimension that joins lead to.
//
// Names of tables, joins, dimensions, metrics and festivals are identifiers;
// keywords, units, cyclic parts, function names, time, since and viewer are reserved. A
// metric and a table may share a name, as may a join and the dimension of it.
// What column rules hide, and every metric computed from it, does not exist for
// the viewer; see View.
//
// # Binding
//
// Bind resolves names (a short name that two reachable tables share is the one
// nearest to the metrics' homes, a tie is AmbiguousName with the paths), finds
// the one many-to-one path from each metric's home to each dimension, builds one
// branch per home, window and filter, attaches rules to every scan, dates the
// periods and puts post-aggregation values into Slots. Conditions are two-valued:
// a test of a missing value is false and every denial of it true. A condition on
// things that multiply a row asks whether there is one; several on the same things
// ask for one and the same, and where a key shows them they hold for the one shown.
// A row that lies in several groups, an order of three products, counts once and in
// full in each; the plan says so of sums and counts (Assumption "shared") and names
// the metrics that add up what the lines themselves have.
// In a comparison the keys that cut the time axis move to meet the visible periods
// and add none outside of them; a key of another time, a cohort, stays. A ranking (limit, rank)
// and a condition on results (having) leave out the row of those without a value
// for a key, unless the query asks for nulls; shares and totals still count it. What cannot be right is
// refused with a Problem; nothing is approximated. A value whose parts the viewer's
// rules limit differently, revenue of one region over the ad spend of all, is
// refused too (limited_unlike), be it the rows counted, those joined for a group, a
// filter or an amount, or those led to; the parts may stand beside each other. An aggregate on the right of a
// test on rows, price > avg(price), is that of all rows the viewer may see, or of
// those its own filter keeps: avg(price){kind = "lamp"}.
//
// A conversion belongs to the latest first step that qualifies: of the same entity
// and constants, not behind it, less than "within" before it and left in by the
// query's period and filters, which speak of the first step; of several at one
// moment to the one with the least key. It is then counted with the groups of that
// step (Branch.Convert), once.
//
// What is known for whole months or years alone, a target, is not there by days: a
// finer key or a period that cuts one of them is refused (grain_too_fine), unless the
// metric says prorate. Then each day has the same part of its month, or each working
// day of the calendar where it says working_days (of a month without any, each day),
// and a week, or the days asked for, have the parts of their days: they add up to
// the month, beside actuals of any grain.
//
// A column of months or years stands in conditions for the first day of each: after
// February 1 is from March on. A period that begins within one is refused there as
// well, and one that ends within one takes all of it.
//
// A day that an earlier month lacks, March 31 a month before, has no earlier value:
// an offset shows nothing there, or, where it says clamp, the last day of that month.
// Whole months meet whole months either way. What runs, trails or counts to date
// stands in each visible period as of its last visible day; where several periods are
// asked for it needs a key by time, since it is no sum of them. Windows count standard
// and fiscal units, those of whole weeks too where the calendar has fiscal_weeks.
//
// Retention looks at entities in the periods after their first act, which gives
// them their groups, as the query's period and filters speak of it alone; filters
// of the two metrics say what an act is. "since" counts the periods, 0 for the one
// of the first act. An entity counts in those that are over: a share is of the
// entities whose period is over, and null where there is none (Branch.Cohort).
package semantic
