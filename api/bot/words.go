package bot

import "strings"

// words are what bots say besides answers, in one language. A place in braces is
// filled in.
type words struct {
	lang string

	Open       string // the link to the service
	SignIn     string // the button that links an account
	Unlinked   string // who asks is not known yet
	Linked     string // {name}
	Refused    string // guests and people of other tenants
	OnlyYou    string // an answer that others in the group may not see
	AskAlone   string // an answer that cannot be shown to its asker alone here
	Share      string // the button
	SharedBy   string // {name}
	MayNot     string // sharing is not allowed here
	Filter     string // the placeholder of a list of members; {name}
	MoreRows   string // {shown} {all}
	MoreCols   string // {shown} {all}
	Attached   string // the whole table is attached as a file
	Working    string
	Stop       string // the button beside it
	StopBySay  string // instead of the button, where there is none
	NotYours   string // whoever stops what somebody else asked
	Done       string // it was computed
	Aside      string // in a group: the answer went to its asker alone
	Again      string // a message that may have arrived before
	Broken     string // a question that could not be answered; {id}
	Unsent     string // an answer that could not be sent; {code}
	Stale      string // a button that means nothing any more
	Thanks     string // for feedback
	Stopped    string
	Good, Bad  string
	Hello      string
	Try        string // above suggested questions
	SayOne     string // above them where they must be typed
	More       string // {n} lines were left out
	Name       string // of a card that has no title
	Period     string // {text}
	Versus     string // {text}
	Empty      string // a mention without a question
	PictureAlt string // {title}
}

var (
	chineseWords = &words{
		lang: "zh-CN", Open: "在问数中打开", SignIn: "登录并关联账号", Unlinked: "还不知道您在问数中是谁。请先登录关联账号，之后按您自己的权限回答。", Linked: "已关联为 {name}，现在可以提问了。",
		Refused: "访客和外部组织的成员不能在这里提问。", OnlyYou: "这个回答按您的权限计算，只有您能看到。", AskAlone: "这个回答只能给您一个人看，请在和我的单聊里再问一次。", Share: "分享到群里", SharedBy: "由 {name} 分享，按其权限计算", MayNot: "这里不允许分享按个人权限计算的回答。",
		Filter: "只看某个{name}…", MoreRows: "共 {all} 行，显示前 {shown} 行。", MoreCols: "共 {all} 列，显示前 {shown} 列。", Attached: "完整表格见附件。", Working: "正在计算…", Stop: "停止", StopBySay: "发送“停止”可以取消。", NotYours: "只有提问的人可以停止。", Done: "已算出", Aside: "已单独回复提问的人。", Again: "（重发）",
		Broken: "这个问题没能回答，请再问一次。（{id}）", Unsent: "回答已算出，但没能发送到这里（{code}）。请点链接查看，或再问一次。", Stale: "这个按钮已经失效，请重新提问。", Thanks: "谢谢反馈。", Stopped: "已停止。", Good: "有用", Bad: "没用",
		Hello: "您好，我是问数。直接问业务数字，例如：", Try: "可以这样问", SayOne: "提到我并写上其中一句：", More: "另有 {n} 项", Name: "问数", Period: "时间：{text}", Versus: "对比：{text}", Empty: "请在提到我之后写上问题，例如：上个月各省销售额", PictureAlt: "图：{title}",
	}
	traditionalWords = &words{
		lang: "zh-TW", Open: "在問數中開啟", SignIn: "登入並關聯帳號", Unlinked: "還不知道您在問數中是誰。請先登入關聯帳號，之後按您自己的權限回答。", Linked: "已關聯為 {name}，現在可以提問了。",
		Refused: "訪客和外部組織的成員不能在這裡提問。", OnlyYou: "這個回答按您的權限計算，只有您能看到。", AskAlone: "這個回答只能給您一個人看，請在和我的單聊裡再問一次。", Share: "分享到群組", SharedBy: "由 {name} 分享，按其權限計算", MayNot: "這裡不允許分享按個人權限計算的回答。",
		Filter: "只看某個{name}…", MoreRows: "共 {all} 列，顯示前 {shown} 列。", MoreCols: "共 {all} 欄，顯示前 {shown} 欄。", Attached: "完整表格見附件。", Working: "正在計算…", Stop: "停止", StopBySay: "傳送「停止」可以取消。", NotYours: "只有提問的人可以停止。", Done: "已算出", Aside: "已單獨回覆提問的人。", Again: "（重發）",
		Broken: "這個問題沒能回答，請再問一次。（{id}）", Unsent: "回答已算出，但沒能傳送到這裡（{code}）。請點連結查看，或再問一次。", Stale: "這個按鈕已經失效，請重新提問。", Thanks: "謝謝回饋。", Stopped: "已停止。", Good: "有用", Bad: "沒用",
		Hello: "您好，我是問數。直接問業務數字，例如：", Try: "可以這樣問", SayOne: "提到我並寫上其中一句：", More: "另有 {n} 項", Name: "問數", Period: "時間：{text}", Versus: "對比：{text}", Empty: "請在提到我之後寫上問題，例如：上個月各省銷售額", PictureAlt: "圖：{title}",
	}
	englishWords = &words{
		lang: "en", Open: "Open in wenshu", SignIn: "Sign in to link your account", Unlinked: "I do not know yet who you are in wenshu. Sign in once; then I answer with your own rights.", Linked: "Linked as {name}. You can ask now.",
		Refused: "Guests and people of other organisations cannot ask here.", OnlyYou: "This answer was computed with your rights; only you can see it.", AskAlone: "This answer is for you alone. Please ask again in our direct chat.", Share: "Share with the channel", SharedBy: "Shared by {name}, computed with their rights", MayNot: "Answers computed with personal rights may not be shared here.",
		Filter: "Only one {name}…", MoreRows: "The first {shown} of {all} rows.", MoreCols: "The first {shown} of {all} columns.", Attached: "The whole table is attached.", Working: "Computing…", Stop: "Stop", StopBySay: "Send “stop” to cancel.", NotYours: "Only the person who asked can stop this.", Done: "Computed", Aside: "Answered to the person who asked alone.", Again: "(resent)",
		Broken: "The question could not be answered. Please ask it again. ({id})", Unsent: "The answer was computed but could not be sent here ({code}). Follow the link, or ask again.", Stale: "This button is out of date. Please ask again.", Thanks: "Thank you.", Stopped: "Stopped.", Good: "Good answer", Bad: "Bad answer",
		Hello: "Hello, I am wenshu. Ask for a number of the business, such as:", Try: "Ask for example", SayOne: "Mention me with one of these:", More: "{n} more", Name: "wenshu", Period: "Period: {text}", Versus: "Compared with: {text}", Empty: "Write a question behind my name, such as: revenue by province last month", PictureAlt: "Chart: {title}",
	}
)

// wordsFor is the wording of a language: Chinese for any zh, English otherwise.
func wordsFor(lang string) *words {
	switch {
	case lang == traditionalWords.lang:
		return traditionalWords
	case strings.HasPrefix(lang, "zh"):
		return chineseWords
	}
	return englishWords
}

// fill puts values into the places of a text; pairs are names and values.
func fill(text string, pairs ...string) string {
	old := make([]string, len(pairs))
	for i, s := range pairs {
		old[i] = s
		if i%2 == 0 {
			old[i] = "{" + s + "}"
		}
	}
	return strings.NewReplacer(old...).Replace(text)
}
