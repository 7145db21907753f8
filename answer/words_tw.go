package answer

import (
	"reflect"
	"strings"
)

// traditionalWords are the Chinese words in traditional script with the terms
// of Taiwan. Only wording of this package is converted, never data: a member
// keeps the script it is stored in.
var traditionalWords = traditional(chineseWords)

// traditional returns a copy of w with every wording converted.
func traditional(w *words) *words {
	v := reflect.New(reflect.TypeOf(*w)).Elem()
	convert(v, reflect.ValueOf(*w))
	t := v.Addr().Interface().(*words)
	t.lang, t.Numbers = "zh-TW", Numbers{zhTW}
	return t
}

// convert copies exported strings, messages, arrays, maps and structs of them.
func convert(to, from reflect.Value) {
	switch from.Kind() {
	case reflect.String:
		to.SetString(toTraditional.Replace(from.String()))
	case reflect.Struct:
		for i := range from.NumField() {
			if from.Type().Field(i).IsExported() {
				convert(to.Field(i), from.Field(i))
			}
		}
	case reflect.Array:
		for i := range from.Len() {
			convert(to.Index(i), from.Index(i))
		}
	case reflect.Map:
		to.Set(reflect.MakeMapWithSize(from.Type(), from.Len()))
		for iter := from.MapRange(); iter.Next(); {
			value := reflect.New(from.Type().Elem()).Elem()
			convert(value, iter.Value())
			to.SetMapIndex(iter.Key(), value)
		}
	}
}

// toTraditional replaces terms, then characters. It holds what the wording
// uses; the test of the wording fails on a character that it lacks.
var toTraditional = strings.NewReplacer(traditionalPairs()...)

func traditionalPairs() []string {
	pairs := []string{
		"数据库", "資料庫", "数据", "資料", "默认", "預設", "账号", "帳號", "查询", "查詢", "字段", "欄位", "并非", "並非", "关系", "關係", "入库", "入庫",
		"当周", "當週", "第{n}周", "第{n}週", "本周", "本週", "上周", "上週", "下周", "下週", "几周", "幾週", "{n} 周", "{n} 週", "周", "週", "几", "幾",
	}
	simplified, other := []rune(simplifiedRunes), []rune(traditionalRunes)
	for i := range simplified {
		pairs = append(pairs, string(simplified[i]), string(other[i]))
	}
	return pairs
}

// The characters of the wording that differ, and those that do not.
const (
	simplifiedRunes  = "当时财间为没数据较长与减从条记录还组现标选对计结于过开头属并复绝连续动变个钟号细这权趋库显内负点误账说认责问题种请择线图积状饼热气画会来里单张两识维询语处输联系员类适样错历汇总层称键试缩围经写后准范暂叠关义么体导轴区势检测绕预异规则颜换额别欧镑币余匀"
	traditionalRunes = "當時財間為沒數據較長與減從條記錄還組現標選對計結於過開頭屬並複絕連續動變個鐘號細這權趨庫顯內負點誤賬說認責問題種請擇線圖積狀餅熱氣畫會來裡單張兩識維詢語處輸聯繫員類適樣錯歷匯總層稱鍵試縮圍經寫後準範暫疊關義麼體導軸區勢檢測繞預異規則顏換額別歐鎊幣餘勻"
	commonRunes      = "元美日港新台英年月日周第起截至全部一二三四五六上半下季度天工作休息和或有的增降持平加少升最高是低其次在都占比大共以前面符合件去掉就到指筛分算果排序不小超之空包含尾且非按取值重均中位差方整向者相隔名累移期化率每跳秒段星几份明今昨近本同否您限只了可看各拆束入行示理解懂用填也零浮末能查所需因此任何已默法人好我回答等想字卡表格折柱形堆百力散泡直漏斗目瀑布提要成太多清他找句得控制管但型什候立哪放而出列再套保留定主支稍停止常自己原析缺台新言模照做色改金受它又例初毫箱抽足"
)
