// Package zh is what the reader knows of Chinese: numerals, dates and periods,
// comparisons of periods, function words and measure words. It is a value,
// Language; the reader in nlq decides what to make of it.
//
// Rules are grouped by idea, one file for a family of constructs; rules() is their
// order:
//
//	rules_noise    politeness and noise, glue, links, splitting, exclusion, text and empty tests (2, 4-7, 61)
//	rules_compare  tests against numbers (8, 9, 46)
//	rules_top      tops, superlatives, places, sorting (10-15)
//	rules_ask      question words, counts, averages, shares, ratios, differences (1, 16-23, 44)
//	rules_change   earlier periods, growth, moving and running windows (36-41)
//	rules_grain    units of time behind the other language's words (34, 63)
//	rules_chart    pictures (51, 48)
//	rules_show     listing, intents, follow-ups, verbs, what is declined by name (49, 50, 52-60)
//	rules_units    units of numbers (64)
//
// with the constructs of the design in brackets. Times (24-35: times, steps, bases,
// cycles, weekdays, festivals, grains) and numbers (numbers, numerals, number_forms,
// units) have grammars of their own, since they have no finite list of forms. Next
// to the code stand corpus files: one value over many phrases, "!" before a phrase
// that must not be read so.
//
// A form is sure where it means its part wherever it stands, and weak where it
// often means something else or nothing. A bracket must not leave a form of one
// character behind by the way: 分[各] is 分 as well. A form that names a verb says
// which acts it is of by hints, never by a table.
//
// # Conventions that were chosen
//
// 以上, 以下 and 以内 include the number, 超过, 不满 and 不足 do not (Civil Code
// of China, article 1259). 上旬 is day 1 to 10, 中旬 11 to 20, 下旬 the rest; 月初,
// 月中 and 月底 likewise; 年初 is January, 年中 June and July, 年底 December.
// 春天 is March to May, 夏天 June to August, 秋天 September to November;
// 冬天 is in two years and not read.
// 凌晨 is 0 to 6 o'clock, 早上 6 to 9, 上午 6 to 12, 中午 11 to 13, 下午 12 to 18,
// 晚上 18 to 24, 早高峰 7 to 9, 晚高峰 17 to 19. 几 in 最近几天 is three. 同比 is
// against the year before, 环比 against the period before. 之前, 之后, 以后 leave
// out the date they are said of; 起, 以来, 截至 and 为止 include it. 主要 keeps ten, of
// what lasts by a choice between how often and how long. 能…多少 and 会…多少 ask for a
// forecast. 高 and 多 ask whether the first is above the second, 低 and 少 whether it
// is below; 好 and 差 go by what is good for the metric. 其中 and 这些 stand for nothing
// where nothing was named before them. A space between two members of one kind is a
// list.
package zh
