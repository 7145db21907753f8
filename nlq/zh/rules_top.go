package zh

import "wenshu/nlq"

// measure words that may follow a number in a top-N.
const mw = "[个|名|位|家|大|款|种|类|条|项|强|甲|件|台|单|笔|间|只|组|人|席|座|辆|张|本|部|场|支|门|所|户|班|趟|首|栋|艘|例|批|号]"

// great and little are the ends of an order that superlatives name.
const (
	great  = "(高|大|好|强|佳|优|热|受欢迎|火|靠前|领先|突出|厉害|旺|快|深|活跃|严重|明显|猛|疯狂|牛|可观|亮眼)"
	little = "(低|小|差|弱|冷|靠后|落后|慢|不好|不受欢迎|惨|糟糕|糟|冷门|不理想|烂)"
)

// plainVerbs only say how what is ranked came to be: 埋得最深, 抽得最狠.
const (
	plainVerbs = "(埋|挂|抽|收|定|标|建|盖|跑|开|等|拖|飞|评|打|罚|赔|干|住|挖|修|存|扣)"
	much       = "(深|高|大|狠|快|多|猛|厉害|严重)"
)

// few is how many a ranking keeps that says 几个 and no number.
const few = 10

// topRules keep the ends of an order.
var topRules = []nlq.Rule{
	sure(nlq.Top{Desc: true},
		"[排名|排行|排在|排|名列|位列|位居|居|排行榜|排序|总|销售]前{n}"+mw+"[的|之内|以内]", "(进|进入|排进|挤进|跻身|入围)[了|到]前{n}"+mw+"[的|之内|以内]", "top{n}"+mw+"[的]", "前{n}"+mw+"是", "{n}(强|甲)", "{n}大", "头{n}(名|个|位|家)",
		"最"+great+"(的|得){n}"+mw, "最"+great+"的前{n}"+mw, "最"+great+"{n}(个|名|位|家|款|种|类|条|项|台|件)", "(做|表现|增长|完成|经营)得最好的[前]{n}"+mw, "[排名|排在|排]最前[面]的{n}"+mw, "[排名](靠前|领先)的{n}"+mw),
	sure(nlq.Top{},
		"[排名|排行|排在|排|名列|位列]后{n}"+mw+"[的]", "倒数[的|前|后]{n}"+mw, "[倒数]末{n}(位|名)", "垫底的{n}"+mw, "bottom{n}"+mw,
		"最"+little+"的[前|后]{n}"+mw, "最"+little+"{n}(个|名|位|家|款|种|类|条|项|台|件)", "(做|表现|增长|完成|经营)得最(差|慢)的{n}"+mw, "[排名|排在|排]最后[面]的{n}"+mw, "[排名](靠后|落后)的{n}"+mw),
	sure(nlq.Top{Desc: true}, "最"+great+"[的]", "(做|表现|经营|完成)得最"+great+"[的]", "冠军", "榜首", "居首[位]", "首位", "拔得头筹", "位居第一", "老大", "遥遥领先[的]", "最最(高|多|大)[的]", "之最", "最高值的", "最", "排在首位[的]", "最前面[的]"),
	sure(nlq.Top{Desc: true}, plainVerbs+"得最"+much+"[的]"),
	sure(nlq.Top{}, plainVerbs+"得最(浅|低|慢|少|小)[的]"),
	sure(nlq.Top{}, "最"+little+"[的]", "(做|表现|经营|完成)得最"+little+"[的]", "倒数第一[名|的]", "垫底[的]", "末位[的]", "最后一名", "最末[的]", "吊车尾[的]", "最后面[的]"),
	sure(nlq.Top{Desc: true, Lasts: true}, "最(长|久)[的]", "最(长|久)的[前]{n}"+mw, "最(长|久){n}(个|名|位|家|款|种|类|条|项|台|件|场|部|次)"),
	sure(nlq.Top{Lasts: true}, "最短[的]", "最短的[前]{n}"+mw, "最短{n}(个|名|位|家|款|种|类|条|项|台|件|场|部|次)"),
	sure(nlq.Top{Desc: true, N: few}, "最"+great+"的[前|那]几"+mw, "排名靠前的[几个]", "[排名|排在]最前[面]的几"+mw),
	sure(nlq.Top{N: few}, "最"+little+"的[后|那]几"+mw, "排名靠后的[几个]", "[排名|排在]最后[面]的几"+mw),
	sure(nlq.Top{Desc: true, Count: true, Before: true, N: few}, "最多的[前|那]几"+mw),
	sure(nlq.Top{Count: true, Before: true, N: few}, "最少的[后|那]几"+mw),
	sure(nlq.Top{Desc: true, Count: true, Main: true, N: few}, "主要[的]", "主要是[哪些]"),
	sure(nlq.Top{Desc: true, Count: true, Before: true}, "最多[的]", "最频繁[的]", "最(常见|普遍|常用)[的]"),
	sure(nlq.Top{Desc: true, Count: true, Before: true}, "最(常见|普遍|常用)的[前]{n}"+mw),
	sure(nlq.Top{Desc: true, Count: true, Before: true, Acts: true}, "次数最多[的]"),
	sure(nlq.Top{Count: true, Before: true, Acts: true}, "次数最少[的]"),
	sure(nlq.Top{Desc: true, Count: true, Before: true, Acts: true}, "次数最多的[前]{n}"+mw),
	sure(nlq.Top{Count: true, Before: true, Acts: true}, "次数最少的[前]{n}"+mw),
	sure(nlq.Top{Count: true, Before: true}, "最少[的]"),
	sure(nlq.Top{Desc: true, Count: true, Before: true}, "最多的[前]{n}"+mw),
	sure(nlq.Top{Count: true, Before: true}, "最少的[前]{n}"+mw),
	sure(nlq.Top{Desc: true, Hints: priceHints}, "最贵[的]", "最贵的[前]{n}"+mw, "价格最高[的]", "单价最高[的]"),
	sure(nlq.Top{Hints: priceHints}, "最便宜[的]", "最便宜的[前]{n}"+mw, "价格最低[的]", "最实惠[的]"),
	sure(nlq.Top{Desc: true, Hints: dateHints}, "最新[的]", "最近一(次|笔|单|条|个|期)[的]", "最近的{n}(个|笔|条|单|次|位|名|张)", "最近{n}(笔|条|单|次|张|位|名)", "最新的{n}"+mw, "最晚[的]", "最迟[的]", "最后一(次|笔|单|条|个|期)[的]", "最近的一(次|笔|单|条|个|期)"),
	sure(nlq.Top{Hints: dateHints}, "最早[的]", "最早的{n}"+mw, "最先[的]", "第一(次|笔|单|条)[的]", "最初[的]", "首(次|笔|单)[的]", "最旧[的]", "最老的{n}(笔|条|单)"),
	sure(nlq.Top{Desc: true, Hints: ageHints, Flip: true}, "年(龄|纪)最大[的]", "最年长[的]", "最老[的]", "岁数最大[的]", "年(龄|纪)最大的{n}"+mw),
	sure(nlq.Top{Hints: ageHints, Flip: true}, "年(龄|纪)最小[的]", "最年轻[的]", "岁数最小[的]", "年(龄|纪)最小的{n}"+mw, "最年轻的{n}"+mw),
	sure(nlq.Top{Desc: true, Hints: weightHints}, "最重[的]", "最重的[前]{n}"+mw),
	sure(nlq.Top{Hints: weightHints}, "最轻[的]", "最轻的[前]{n}"+mw),
	sure(nlq.Top{Desc: true, Hints: profitHints}, "最赚钱[的]", "最挣钱[的]", "最赚钱的[前]{n}"+mw, "最盈利[的]"),
	sure(nlq.Top{Hints: profitHints}, "最不赚钱[的]", "亏损最(多|大|严重)[的]", "亏得最多[的]"),
	sure(nlq.Top{Desc: true, Hints: owedHints}, "欠(得|的|款|钱|账|费)最多[的]", "欠(得|的|款|钱|账|费)最多的[前]{n}"+mw),
	sure(nlq.Top{Desc: true, Hints: salesHints}, "最畅销[的]", "最畅销的[前]{n}"+mw, "卖得最(多|火)[的]", "卖得最(多|火)的[前]{n}"+mw, "最热卖[的]", "最热销[的]", "最热(卖|销)的[前]{n}"+mw, "销路最好[的]", "最好卖[的]", "爆款", "销冠", "卖的最(多|火)[的]", "卖的最(多|火)的[前]{n}"+mw, "买得最多[的]"),
	sure(nlq.Top{Desc: true, Hints: sellHints}, "卖(得|的)最好[的]", "卖(得|的)最好的[前]{n}"+mw),
	sure(nlq.Top{Hints: salesHints}, "最滞销[的]", "最滞销的[前]{n}"+mw, "卖得最少[的]", "卖得最少的[前]{n}"+mw, "最难卖[的]", "最不好卖[的]", "卖的最少[的]", "卖的最少的[前]{n}"+mw),
	sure(nlq.Top{Hints: sellHints}, "卖(得|的)最(差|不好)[的]", "卖(得|的)最(差|不好)的[前]{n}"+mw),
	sure(nlq.Top{Desc: true, Nth: true}, "{n}(名|高|大|多|好|强|位|长|贵)[的]", "排[名|在]{n}[名|位|的]", "{n}名是", "位列{n}[名|位]"),
	weak(nlq.Top{Desc: true, Nth: true}, "{n}"),
	sure(nlq.Top{Nth: true}, "倒数{n}[名|位|个][的]", "{n}(低|小|少|差|短|便宜)[的]"),
}

// sortRules order what is shown and ask for places.
var sortRules = []nlq.Rule{
	sure(nlq.Rank{}, "排名", "排行", "排行榜", "名次", "排位", "榜单", "的排名", "排名情况", "排个名", "排一下名", "排名如何", "排名榜", "龙虎榜", "位次"),
	sure(nlq.Rank{Where: true}, "(是不是|是否|算不算)[是|排]最(高|多|大|好|强)[的]", "排第几[名|位]", "排(在|名|到)第几[名|位]", "(是|列|位列|位居|居)第几[名|位]", "第几名", "第几位", "排多少[名|位]", "(排名|名次|位次)(是|为|在|到)[多少|第几|几|什么][名|位]", "排名(多少|第几|几)", "排在(什么|哪个|哪)(位置|名次)", "处于(什么|哪个)(位置|名次)", "排几"),
	sure(nlq.Order{Mark: true, After: true}, "排序", "来排", "排列", "排个序", "的顺序[排|排列|排序]", "顺序", "进行排序", "来排序", "排一下序", "排一排", "排(一下|个队|排看|一下看看)", "来排一(下|排)"),
	sure(nlq.Order{Given: true, Desc: true, Hints: dateHints}, "[从|由]"+latest+"[的|来|进行|的顺序][排|排序|排列|展示|显示|列出]", "(时间|日期)(倒序|降序|逆序)[排|排序|排列]"),
	sure(nlq.Order{Given: true, Hints: dateHints}, "[从|由]"+earliest+"[的|来|进行|的顺序][排|排序|排列|展示|显示|列出]", "[按|按照|依](时间|日期)[的](先后|顺序|先后顺序|升序|正序)[排|排序|排列|来排]", "[按|按照|依]先后[顺序][排|排序|排列]"),
	sure(nlq.Order{Given: true, Desc: true, After: true}, "[从|由]"+falling+"[的|来|进行]", "降序", "倒序", "逆序", "递减", "倒着"),
	sure(nlq.Order{Mark: true, Given: true, Desc: true, After: true}, "[从|由]"+falling+"[的|地|来|进行|的顺序](排|排序|排列|展示|显示|排名|列出)", "(降序|倒序|逆序|递减|倒着)[来|进行](排|排序|排列|展示|显示|列出)"),
	sure(nlq.Order{Given: true, After: true}, "[从|由]"+rising+"[的|来|进行]", "升序", "正序", "递增"),
	sure(nlq.Order{Mark: true, Given: true, After: true}, "[从|由]"+rising+"[的|地|来|进行|的顺序](排|排序|排列|展示|显示|排名|列出)", "(升序|正序|递增)[来|进行](排|排序|排列|展示|显示|列出)"),
}

// falling and rising are the directions of an order, latest and earliest those of one
// by time.
const (
	falling  = "(高到低|高至低|大到小|大至小|多到少|多至少|贵到便宜|好到差|强到弱|长到短|远到近|远及近|快到慢)"
	rising   = "(低到高|低至高|小到大|小至大|少到多|少至多|便宜到贵|差到好|弱到强|短到长|近到远|近及远|慢到快)"
	latest   = "(新到旧|晚到早|后到前)"
	earliest = "(旧到新|早到晚|前到后)"
)
