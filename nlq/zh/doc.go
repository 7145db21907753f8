// Package zh is what the reader knows of Chinese: numerals, dates and periods,
// comparisons of periods, function words and measure words. It is a value,
// Language; the reader in nlq decides what to make of it.
//
// Rules are grouped by idea, one file each; rules() is their order. Times and
// numbers have grammars of their own, since they have no finite list of forms.
// Next to the code stand corpus files: one value over many phrases, "!" before
// a phrase that must not be read so.
//
// # Conventions that were chosen
//
// 以上, 以下 and 以内 include the number, 超过, 不满 and 不足 do not (Civil Code
// of China, article 1259). 上旬 is day 1 to 10, 中旬 11 to 20, 下旬 the rest; 月初,
// 月中 and 月底 likewise; 年初 is January, 年中 June and July, 年底 December.
// 凌晨 is 0 to 6 o'clock, 早上 6 to 9, 上午 6 to 12, 中午 11 to 13, 下午 12 to 18,
// 晚上 18 to 24, 早高峰 7 to 9, 晚高峰 17 to 19. 几 in 最近几天 is three. 同比 is
// against the year before, 环比 against the period before. 之前, 之后, 以后 leave
// out the date they are said of; 起, 以来, 截至 and 为止 include it.
package zh
