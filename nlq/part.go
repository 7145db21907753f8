package nlq

import "wenshu/semantic"

// Part is a typed piece of meaning that words of a question stand for. The set
// is closed. Languages write the ones in this file into their rules; a field
// described as "filled" is set by the reader from the numbers in the form.
type Part interface{ part() }

// Noise is a word that changes nothing: please, 请问, the, 了. Strong noise
// (帮我查一下) is surely noise; weak noise (的, of) may glue its neighbours.
type Noise struct {
	Now   bool // says that the present is meant: 现在, 目前
	Fresh bool // says that those are meant that came in the period: 新增
}

// Glue is a word between two neighbours that belong together: of, 's, 的, in,
// at, from, for, within, 在, 中. It carries no meaning of its own.
type Glue struct{ How GlueKind }

// GlueKind tells which neighbour owns which.
type GlueKind uint8

// The kinds of glue.
const (
	Loose GlueKind = iota // in, at, for, on, 在, 里: what follows restricts what stands before, or the other way round
	Has                   // 's, 的, 的各: what stands before owns what follows
	OfIt                  // of: what follows owns what stands before
	From                  // from, 从, 来自: what follows is a source or a start
	To                    // to, 到, 至, 发往: what follows is a target or an end
	With                  // with, having, 有, 拥有, 带: what follows is a property
)

// Linker joins neighbours of one kind: and, or, comma, 和, 与, 及, 或, 、.
type Linker struct{ How LinkKind }

// LinkKind is what a Linker does.
type LinkKind uint8

// The kinds of links.
const (
	AndLink    LinkKind = iota // and, 和, 与, 以及, 、, &
	OrLink                     // or, 或, 或者, 还是
	CommaLink                  // a comma, 逗号: may also part two clauses
	ClauseLink                 // a full stop, semicolon, "and then", 然后, 另外: parts two messages or clauses
)

// GroupMark says that results are split by what stands next to it.
type GroupMark struct {
	Before bool // what it splits by stands before the mark: 分组, 的分布, -wise
	Each   bool // a determiner, for each, every, 每个, 各: names the thing, weaker than by
	Layer  bool // colours, stacks or parts what is drawn: in a follow-up it comes on top
	Panels bool // with Layer: a picture for each: faceted by, 分面
	Stack  bool // with Layer: its parts stand on one another: stacked by, 堆叠
	Spread Spread
}

// Spread says that what is counted or computed of a thing may be left unsaid.
type Spread uint8

// The kinds of Spread.
const (
	NoSpread Spread = iota
	SpreadOf        // distribution of, 分布: how many there are along its values
	PartsOf         // breakdown of: its parts, by what splits it
)

// Negation excludes what stands next to it: not, except, excluding, without,
// 不是, 不含, 除了, 排除.
type Negation struct {
	Before bool // the excluded stands before the mark: …以外, …除外
	Kept   bool // it is said to count like all others: void ones included
}

// Equals says that a neighbour has a value: is, are, equals, =, 为, 是, 等于.
type Equals struct{}

// Compare tests its neighbour against a number: over, at least, 超过, 以上.
type Compare struct {
	Op    semantic.Op // Lt Le Gt Ge Eq Ne
	Hints []string    // names of the attribute an adjective implies: older: age, birth; nil for none
	Flip  bool        // with Hints: the named attribute runs the other way (older: a smaller birth year) for hints that hold dates
	Args  []Number    // filled: one number; empty when the form has none, then the operand stands behind it (or before it with After)
	After bool        // the operand stands before the words: 5000 以上 written without a slot
	Out   bool        // those within the bound do not count: …不到20的不算; Op is turned around
	Apart bool        // the words stand on both sides of what is compared: fewer pages than
	Front bool        // an adjective of the number right behind it: negative profit
}

// BetweenMark is a closed range: between {n} and {n}, 介于{n}和{n}之间, {n}到{n}之间.
type BetweenMark struct {
	Args  []Number // filled: two numbers
	Hints []string // names of the attribute a verb implies: cost between: price; nil for none
}

// TextTest looks into a text; its operand is quoted, or the words behind it
// (before it with After): begins with, 开头是, 以…开头, 包含, named like.
type TextTest struct {
	How   semantic.MatchKind
	Not   bool
	After bool
}

// Empty tests for a missing value: blank, missing, 为空, 没有填; with Not for a
// present one: not empty, 非空.
type Empty struct {
	Not    bool
	Behind bool // what is missing stands behind: with no, lacking
}

// Top orders by a measure or an attribute and keeps the first N: top 5, best,
// highest, 前5名, 最高的, bottom 3, 倒数第一, oldest, cheapest.
type Top struct {
	N      int      // filled; 0 is a superlative: one, or as many as its ties
	Desc   bool     // true keeps the greatest
	Hints  []string // what an adjective orders by: oldest: age, birth; cheapest: price, cost; nil for the measure at hand
	Flip   bool     // as in Compare
	Count  bool     // most / fewest of a countable: the measure may be a count of the noun behind it (most orders)
	Before bool     // with Count: what is counted stands before it, never behind: 订单最多的客户
	Lasts  bool     // of a length of time or space, never of a date: 最长
	Acts   bool     // of the acts named right before it: 就诊次数最多
	Nth    bool     // only the N-th, not the first N: the second highest, 第二高的
	Main   bool     // the main ones: by how many they are, or by how much they weigh
	Rows   bool     // with Hints: of rows as they came, by their time; where a measure ranks, its end: the first 3 orders, the first 3 stores by revenue
}

// Rank asks for the place in an order: rank, 排名, 排第几.
type Rank struct{ Where bool } // Where: of one member: 排第几, where does X rank

// Order sorts what is shown, without a limit: sort by, sorted by, ascending, 从高到低, 降序.
type Order struct {
	Compares bool     // asks which of several it is: 甲和乙哪个更高
	Mark     bool     // the words name the key next to them (sort by …, 按…排序); else they only give a direction
	Given    bool     // the direction was said
	Desc     bool     // the direction
	After    bool     // the key stands before the words: …排序, …从高到低
	Hints    []string // what an adjective orders by: cheapest first; nil for none
	Flip     bool     // as in Compare
	split    bool     // of a word that splits; the reader sets it
}

// Which is a question word: which, what, who, when, where, how long, 哪个, 谁.
type Which struct {
	What  WhichKind
	Hints []string // attributes it may ask for: when: date, time; where: city, address; nil for none
	N     int      // with WhichOne: how many a superlative keeps where several are asked for: 哪几个; 0 for one
	Any   bool     // with Who: whether there is anybody is asked
}

// WhichKind is what a question word asks for.
type WhichKind uint8

// The kinds of question words.
const (
	WhichOne WhichKind = iota // which, what (before a noun), 哪个, 哪些, 哪家, 哪几个
	WhatIs                    // what is, what are, 什么, 是什么: asks for the value of what follows
	Who                       // a person or organisation
	When                      // a date
	Where                     // a place
	HowMuch                   // how much, 多少 (before or after a measure), 多少钱
	HowOld                    // with Hints: how old, how long, how tall, 多大, 多久
	YesNo                     // is there, are there any, did, does, 有没有, 是否, 是不是, 吗 after a clause
)

// Count counts the noun next to it: how many, number of, count of, 多少个, 几个, 数量, 个数.
type Count struct {
	Distinct bool     // number of distinct, 去重数, 不重复的…数
	Before   bool     // the noun stands before it: …的数量, …数, … count
	Hints    []string // what is counted where no noun is: 多少人; nil for anything
	Apart    bool     // of each of several by itself: 各有多少, 分别有几个
	Acts     bool     // counts acts, never what does them: 次数
	Own      bool     // of the rows of each of what stands before it: statuses and their counts
	Closing  bool     // a number that nothing says of what, at the end of a list: the name and the number
}

// Distinct drops repeats of what follows: distinct, unique, different, 不同的, 去重.
type Distinct struct{}

// Agg is an aggregate asked for by name: average, total, max, median, 平均, 合计.
type Agg struct {
	Func   string // sum avg min max median stddev variance, as semantic names them
	Before bool   // what it aggregates stands before it: …总和, …平均值, …的最大值
}

// AvgPer is an average per something: per capita, 人均, 店均, 日均, average per store.
type AvgPer struct {
	Unit  semantic.Unit // for 日均, daily average; NoUnit otherwise
	Hints []string      // the entity it divides by: 人均: user, customer, person; nil when it stands next to it
}

// Share asks for a part of the whole: share, percentage of, 占比, 比重, 构成.
type Share struct {
	Within bool // within the parent: 组内占比, share within
}

// Ratio divides its two neighbours: A to B ratio, A divided by B, A除以B, A与B之比.
type Ratio struct{ Between bool } // Between: stands between the two; else before or behind both

// Difference subtracts: difference between A and B, A比B多多少, gap.
type Difference struct {
	Between bool // stands between the two (比); else before or behind both
	Asked   bool // only closes a 比 (多多少): confirms the difference, no operands of its own
	Way     Way  // with Asked: which way it says
}

// Way is which way something is said to differ.
type Way uint8

// The ways.
const (
	NoWay  Way = iota
	Higher     // higher, more, 高, 多
	Lower      // lower, fewer, 低, 少
	Better     // better, 好
	Worse      // worse, 差
)

// VersusMark compares: compare, compared with, versus, 对比, 相比, 比较, 与…相比.
type VersusMark struct {
	Against bool // what follows (or stands before with Before) is what is compared against: compared with, than, 较, 比
	Before  bool
	Relates bool // one number is set against another, row by row: varies with, 随…变化
}

// Against compares with an earlier period: year over year, 同比, 环比, MoM,
// versus last year, 较上月.
type Against struct {
	How    semantic.VersusKind
	Unit   semantic.Unit   // for Ago
	N      int             // for Ago, from 1
	Period semantic.Period // for Other; for Ago the period as it was said, where it was (去年), else nil
	Growth bool            // asks for the rate of change, as 同比 and YoY do
	Rate   bool            // names the rate, which can be ordered by: 同比增幅, YoY growth
	Same   bool            // "the same period of …", 去年同期: alone it moves the period instead of comparing
	Bare   bool            // with Same: does not say of which time: 同期
}

// Change asks how much something moved: growth, growth rate, increase, 增长,
// 增幅, 下降, by how much.
type Change struct {
	Rate  bool // rate rather than amount, where it was said or is usual
	Value bool // surely the amount: 增长额, 多了多少, increased by how much
	Down  bool // a fall: decline, 下滑: "fell more than 10%" is change below -10%
	Up    bool // a rise
	Both  bool // 波动, changed: either way
}

// Moving is a moving window: 7-day moving average, 近7日均线, rolling 12 months.
type Moving struct {
	N    int           // filled, or set by the language
	Unit semantic.Unit // NoUnit for rows as they are shown
	Func string        // avg, sum; "" for avg
}

// InARow asks for periods in a row: 连续三个月, three months running. A word for
// change beside it says what holds in each of them.
type InARow struct {
	N    int // filled
	Unit semantic.Unit
}

// Running is a cumulative sum: cumulative, running total, 累计, 逐月累计.
type Running struct{ Reset semantic.Unit } // NoUnit never starts again

// Timed is a period, as it was meant.
type Timed struct {
	Period  semantic.Period
	Guessed bool // the year was not said
}

// Cycle restricts to a repeating part of time: on Mondays, weekends, 工作日,
// the first 5 days of each month.
type Cycle struct {
	Grain    semantic.Grain // cyclic
	From, To int            // both included; From > To wraps; equal for one
}

// Grained splits by time: daily, by month, 每天, 按月, 月度, by weekday. With
// Trend it is over time, 趋势, 走势: Grain zero lets the reader choose. Counted asks
// how many of them pass a test: how many months had revenue above, 有几天超过.
type Grained struct {
	Grain   semantic.Grain
	Trend   bool
	Counted bool
}

// Listing asks for rows: list, show details, 明细, 列出, 清单. A weak one
// (show, 看) only says that something is wanted.
type Listing struct{ Weak bool }

// Chart is a wish for a kind of picture: table line bar column stacked grouped
// pie area scatter bubble map heatmap histogram box strip funnel treemap radar, "" for
// any, or "relation" for whatever shows how numbers relate.
type Chart struct{ Kind string }

// Style is a wish for how a picture looks, which no question decides: colours,
// fonts, sizes. It changes nothing, and the answer says so.
type Style struct{}

// Layered says how what splits results is drawn, beside the words that name it:
// in different colours, small multiples, in separate charts.
type Layered struct{ Panels bool } // Panels: a picture for each

// Binned wishes the bars of a histogram: in bins of 20, 8 buckets, 每20一组.
type Binned struct {
	Count bool     // says how many bars rather than how wide
	Args  []Number // filled; empty when only bars were wished
}

// Bands are the edges of what each has: 1次、2次、3次以上, 0-500, 500-1000, over 1000.
// The last of them is open. Acts says that they are numbers of acts.
type Bands struct {
	Each  bool     // a band for each of whole numbers that follow one another
	Under bool     // with the first open too: 500以下、500-1000、1000以上
	Acts  bool     // numbers of acts: 次
	Args  []Number // filled: one for each band, or the lower and the upper of each but the last
}

// Sized says that the number behind it is shown by the size of points: with size
// as, 大小表示.
type Sized struct{ Before bool } // Before: the number stands before it

// InUnit wishes numbers in a unit: 万元, in thousands, in USD, as a percentage.
type InUnit struct {
	Scale    int64  // 10000 for 万; 0 for none
	Currency string // ISO 4217; "" for none
	Percent  bool
	Said     string // the unit that the number has already, as models spell it, several parted by "|": minutes|分钟
}

// Rounded wishes numbers rounded to so many digits behind the point: rounded to two
// decimal places, 保留两位小数, to the nearest integer.
type Rounded struct{ Digits int }

// Anybody closes what was done by whomever: by anyone, by nobody. With Does it opens it:
// somebody has rented.
type Anybody struct{ Not, Does bool }

// ZerosToo asks for those as well that have nothing of what is computed: including hosts
// without a show.
type ZerosToo struct{}

// Export wishes a file: csv, xlsx, "" for any.
type Export struct{ Kind string }

// Intent makes the message something else than a query of its own.
type Intent struct{ What IntentKind }

// IntentKind is a kind of Intent.
type IntentKind uint8

// The intents.
const (
	MeansWhat IntentKind = iota // definition of, 口径, 是什么意思, who owns
	NeedsHelp                   // help, what can you do, 有哪些指标
	Greeting                    // hello, 你好, thanks
	IsFresh                     // when was it updated, 数据到哪天
	AsksWhy                     // why, 为什么, 原因
	AsksOdd                     // anything unusual, 异常
	AsksAhead                   // forecast, predict, 预测
)

// Follow marks a follow-up to the turn before.
type Follow struct{ How FollowKind }

// FollowKind is how a follow-up edits the turn before.
type FollowKind uint8

// The kinds of follow-ups.
const (
	WhatAbout FollowKind = iota // what about, and, how about, 那…呢, 呢
	Instead                     // instead, change to, 换成, 改成
	AddTo                       // also, as well, add, 再加上, 同时
	OnlyThese                   // only, just, 只看, 仅
	DropIt                      // remove, without the, drop, 去掉, 取消, 不要
	DrillInto                   // drill into, break it down, 下钻, 展开, 拆分
	GoBack                      // go back, undo, 返回上一个, 撤销
	Again                       // again, the same, 再看, 同样
	DropAll                     // start over, 重新开始, 清空条件
	ThatOne                     // it, them, those, that, 它, 这些, 其中: refers to what was shown
)

// Verb stands between an entity and the rows of its acts: who bought, 买过,
// that have, placed. Hints name the acts' table or columns.
type Verb struct {
	Hints []string // bought: order, purchase, sale; nil when any relation will do
	Not   bool     // never bought, 没买过
	Money bool     // measured by money and not by how often: spent, paid

	through *semantic.Table // the acts, where the model declares the verb
	where   semantic.Expr   // which of them count; nil for all
}

// Relative opens a clause about the noun before it: who, that, which, whose, 的.
type Relative struct{ Whose bool }

// OwnKind says that an average is one of those that have the same as each row, of what
// stands behind it: of their own type, 同品类, 所在部门.
type OwnKind struct{}

// Below is what hangs below something else of its own table: direct reports, 下属,
// subsidiaries, sequels.
type Below struct {
	Hints []string // names of what it hangs by: manager, parent
	Count bool     // asks how many: 手下有几个人
}

// Spent is the money that what it stands by is about, where no column is named:
// 一共花了多少钱.
type Spent struct {
	Hints []string // names of the acts whose money it is: payment; nil for what is spoken of
}

// Both joins two conditions that must hold for the same thing: both … and,
// 既…又, 同时.
type Both struct{}

// Rest asks for those as well that the clause before does not hold for: and how
// many do not.
type Rest struct{}

// Command tells somebody to do something to what stands behind it, where nothing
// is asked: 关闭郑州的门店. Elsewhere its word says how things are.
type Command struct{}

// Unsupported is a construct that is recognised and declined by name: streak,
// retention, cohort, place, action, opinion.
type Unsupported struct{ Construct string }

func (Noise) part()       {}
func (Glue) part()        {}
func (Linker) part()      {}
func (GroupMark) part()   {}
func (Negation) part()    {}
func (Equals) part()      {}
func (Compare) part()     {}
func (BetweenMark) part() {}
func (TextTest) part()    {}
func (Empty) part()       {}
func (Top) part()         {}
func (Rank) part()        {}
func (Order) part()       {}
func (Which) part()       {}
func (Count) part()       {}
func (Distinct) part()    {}
func (Agg) part()         {}
func (AvgPer) part()      {}
func (Share) part()       {}
func (Ratio) part()       {}
func (Difference) part()  {}
func (VersusMark) part()  {}
func (Against) part()     {}
func (Change) part()      {}
func (Moving) part()      {}
func (InARow) part()      {}
func (Running) part()     {}
func (Timed) part()       {}
func (Cycle) part()       {}
func (Grained) part()     {}
func (Listing) part()     {}
func (Chart) part()       {}
func (Style) part()       {}
func (Layered) part()     {}
func (Binned) part()      {}
func (Bands) part()       {}
func (Sized) part()       {}
func (InUnit) part()      {}
func (Rounded) part()     {}
func (Anybody) part()     {}
func (ZerosToo) part()    {}
func (Export) part()      {}
func (Intent) part()      {}
func (Follow) part()      {}
func (Verb) part()        {}
func (Relative) part()    {}
func (Below) part()       {}
func (OwnKind) part()     {}
func (Spent) part()       {}
func (Both) part()        {}
func (Rest) part()        {}
func (Unsupported) part() {}
func (Command) part()     {}
