package api

import (
	"strings"

	"github.com/labstack/echo/v4"
	"golang.org/x/text/language"
)

// The languages that answers and refusals are worded in.
const (
	simplified  = "zh-CN"
	traditional = "zh-TW"
	english     = "en"
)

// langKey carries the language that the body of a request asks for.
const langKey = "lang"

var matcher = language.NewMatcher([]language.Tag{language.English, language.SimplifiedChinese, language.TraditionalChinese})

// matched is the language of ours for a list of language tags as in
// Accept-Language; "" when none of ours is in it.
func matched(tags string) string {
	if len(tags) > 200 {
		return ""
	}
	wanted, _, err := language.ParseAcceptLanguage(tags)
	if err != nil || len(wanted) == 0 {
		return ""
	}
	_, i, confidence := matcher.Match(wanted...)
	if confidence == language.No {
		return ""
	}
	return []string{english, simplified, traditional}[i]
}

// saidLanguage reads a language that a request names; "" stays "".
func saidLanguage(lang string) (string, error) {
	if lang == "" {
		return "", nil
	}
	if strings.ContainsAny(lang, ",;") || matched(lang) == "" {
		return "", fault{code: badRequest, field: "lang"}
	}
	return matched(lang), nil
}

// languageOf is the language to refuse in: the one the body or the query
// string asks for, else the browser's, else English.
func languageOf(c echo.Context) string {
	if lang, ok := c.Get(langKey).(string); ok && lang != "" {
		return lang
	}
	if lang := matched(c.QueryParam("lang")); lang != "" {
		return lang
	}
	if lang := matched(c.Request().Header.Get("Accept-Language")); lang != "" {
		return lang
	}
	return english
}

// faultWords are the words for every fault, by language.
var faultWords = map[string]map[faultCode]string{
	simplified: {
		badRequest: "请求的内容不对，请检查。", badJSON: "请求不是正确的 JSON，或者含有不认识的字段。", badMedia: "请求的类型应为 application/json。",
		notAcceptable: "只能返回 JSON 或事件流。", bodyTooLarge: "请求太大了。",
		tokenNeeded: "请先登录：缺少访问令牌。", tokenUnknown: "访问令牌无效，请重新登录。", viewerUnknown: "没有这个示例用户。",
		roleNeeded: "您的账号没有这项权限。", wrongHost: "演示服务只接受本机地址的访问。",
		notFound: "没有找到。", methodNotAllowed: "这个地址不支持这种操作。",
		tooFast: "提问太快了，请稍后再试。", tooMany: "正在回答的问题太多，请稍后再试。",
		notReady: "服务暂时不可用，请稍后再试。", stopping: "服务正在重启，请稍后再试。", internal: "服务出错了，请稍后再试，或把请求编号告诉管理员。",
	},
	traditional: {
		badRequest: "請求的內容不對，請檢查。", badJSON: "請求不是正確的 JSON，或者含有不認識的欄位。", badMedia: "請求的類型應為 application/json。",
		notAcceptable: "只能傳回 JSON 或事件串流。", bodyTooLarge: "請求太大了。",
		tokenNeeded: "請先登入：缺少存取權杖。", tokenUnknown: "存取權杖無效，請重新登入。", viewerUnknown: "沒有這個範例使用者。",
		roleNeeded: "您的帳號沒有這項權限。", wrongHost: "示範服務只接受本機位址的存取。",
		notFound: "沒有找到。", methodNotAllowed: "這個位址不支援這種操作。",
		tooFast: "提問太快了，請稍後再試。", tooMany: "正在回答的問題太多，請稍後再試。",
		notReady: "服務暫時無法使用，請稍後再試。", stopping: "服務正在重新啟動，請稍後再試。", internal: "服務出錯了，請稍後再試，或把請求編號告訴管理員。",
	},
	english: {
		badRequest: "Something in the request is not right.", badJSON: "The request is not valid JSON, or has a field nobody knows.",
		badMedia: "The request must be application/json.", notAcceptable: "Only JSON and event streams are served.", bodyTooLarge: "The request is too large.",
		tokenNeeded: "Please sign in: the access token is missing.", tokenUnknown: "The access token is not valid. Please sign in again.",
		viewerUnknown: "There is no such sample user.", roleNeeded: "Your account may not do this.", wrongHost: "The demo answers on this machine's own address only.",
		notFound: "Not found.", methodNotAllowed: "This address cannot do that.",
		tooFast: "That was too fast. Please try again in a moment.", tooMany: "Too many questions are being answered. Please try again in a moment.",
		notReady: "The service is not available. Please try again in a moment.", stopping: "The service is restarting. Please try again in a moment.",
		internal: "Something went wrong. Please try again, or give the request number to your administrator.",
	},
}
