package answer

import (
	"reflect"
	"strings"
	"sync"
)

// traditionalWords are the Chinese words in traditional script with the terms
// of Taiwan. Only wording of this package is converted, never data: a member
// keeps the script it is stored in.
var traditionalWords = sync.OnceValue(func() *words { return traditional(chineseWords) })

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
		to.SetString(inTaiwan(traditionalTerms.Replace(from.String())))
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

// traditionalTerms are what Taiwan calls by another word, in the wording of this
// package; and 个中, which is a word of its own where it does not count.
var traditionalTerms = strings.NewReplacer("数据库", "資料庫", "数据", "資料", "默认", "預設", "账号", "帳號", "查询", "查詢", "字段", "欄位", "周", "週", "个中", "個中")
