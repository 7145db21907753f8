package draft

import "strings"

// nickname is what people call the rows of a table among themselves in Chinese.
type nickname struct {
	rows  map[string]bool // the word that the table's name closes with
	among map[string]bool // one of them is in a name of the database; nil for any
	zh    []string
}

// nicknames are told by what rows are and by what else there is. A word that two tables
// would be called by, or a column is, calls neither.
var nicknames = []nickname{
	{wordSet("ticket request"), serviceWords, strings.Fields("工单 单子 单")},
	{wordSet("visit"), serviceWords, strings.Fields("上门")},
	{wordSet("shipment consignment waybill parcel"), nil, strings.Fields("货 票 运单 单子 单")},
	{wordSet("restaurant store shop outlet cafe salon dealership pharmacy bakery"), nil, strings.Fields("店 门店 店铺")},
	{wordSet("building tower"), nil, strings.Fields("楼 楼栋 大楼")},
	{wordSet("unit apartment flat"), wordSet("lease tenant rent building tenancy landlord"), strings.Fields("房 房间 房子 房屋")},
	{wordSet("listing property home house"), wordSet("bedroom bedrooms sqm sqft agency realtor mortgage district neighborhood neighbourhood"), strings.Fields("房 房子 房源")},
	{wordSet("room"), wordSet("hotel guest booking reservation stay"), strings.Fields("房 房间 客房")},
	{wordSet("membership"), nil, strings.Fields("卡 会员卡 会籍")},
	{wordSet("part component"), nil, strings.Fields("配件 零件 零配件")},
	{wordSet("warehouse depot"), nil, strings.Fields("仓 仓库")},
	{wordSet("phone handset smartphone"), nil, strings.Fields("手机 机型 机子 型号")},
	{wordSet("brand"), nil, strings.Fields("牌子")},
	{wordSet("product sku"), nil, strings.Fields("货 商品 产品")},
	{wordSet("course lesson class session"), nil, strings.Fields("课")},
	{wordSet("lease contract agreement"), nil, strings.Fields("合同")},
	{wordSet("policy"), wordSet("premium insured insurer coverage claim"), strings.Fields("保单 单子")},
	{wordSet("case claim"), wordSet("lawyer attorney court insurer policy adjuster hearing"), strings.Fields("案子")},
	{wordSet("supplier vendor"), nil, strings.Fields("供应商 供货商 厂家")},
	{wordSet("teacher instructor lecturer"), nil, strings.Fields("老师")},
	{wordSet("doctor physician"), nil, strings.Fields("大夫 医生")},
	{wordSet("movie film"), nil, strings.Fields("片子 电影 影片")},
	{wordSet("song track"), nil, strings.Fields("歌 歌曲")},
	{wordSet("dish"), nil, strings.Fields("菜 菜品")},
	{wordSet("machine equipment"), nil, strings.Fields("机器 设备 机台")},
	{wordSet("coupon voucher"), nil, strings.Fields("券 优惠券")},
	{wordSet("university college"), nil, strings.Fields("学校 大学 高校 院校")},
	{wordSet("line"), wordSet("metro subway train railway station bus tram"), strings.Fields("线路 线")},
	{wordSet("company enterprise firm"), nil, strings.Fields("企业 公司")},
	{wordSet("operator"), wordSet("metro subway train railway station bus tram"), strings.Fields("运营商 运营公司 运营企业 运营单位 公司 企业")},
	{wordSet("play"), wordSet("troupe theatre theater playwright premiere"), strings.Fields("戏 剧 作品")},
	{wordSet("troupe"), nil, strings.Fields("剧团 院团")},
	{wordSet("venue"), wordSet("troupe theatre theater performance concert show"), strings.Fields("剧场 场馆 剧院")},
	{wordSet("performer"), nil, strings.Fields("演员")},
	{wordSet("student pupil"), nil, strings.Fields("学生 学员 同学")},
	{wordSet("trainer coach"), nil, strings.Fields("教练")},
	{wordSet("technician"), nil, strings.Fields("师傅 技师 维修工")},
	{wordSet("courier"), nil, strings.Fields("快递员 快递小哥 小哥")},
}

// serviceWords are of those who come and mend.
var serviceWords = wordSet("technician repair maintenance engineer sla priority helpdesk")

// callNicknames lets tables be called what people call their rows.
func (d *drafting) callNicknames() {
	said := map[string]bool{}
	for _, t := range d.tables {
		for _, w := range strings.Fields(t.label.EN) {
			said[singular(w)] = true
		}
		for _, c := range t.columns {
			for _, w := range c.lowerWords() {
				said[singular(w)] = true
			}
		}
	}
	offered, times := map[*table][]string{}, map[string]int{}
	for _, t := range d.tables {
		for _, w := range t.nicknamed(said) {
			offered[t] = append(offered[t], w)
			times[w]++
		}
	}
	for _, t := range d.tables {
		for _, w := range offered[t] {
			if times[w] == 1 && !d.columnCalled(w) && !d.tableCalled(w) {
				t.synonyms = append(t.synonyms, w)
			}
		}
	}
}

// nicknamed are the nicknames of the rows of a table among the words that a database says.
func (t *table) nicknamed(said map[string]bool) []string {
	words := strings.Fields(t.label.EN)
	if len(words) == 0 || t.bridge {
		return nil
	}
	var all []string
	for _, n := range nicknames {
		if n.rows[singular(words[len(words)-1])] && (n.among == nil || says(n.among, said)) {
			all = append(all, n.zh...)
		}
	}
	return all
}

func says(some, said map[string]bool) bool {
	for w := range some {
		if said[w] {
			return true
		}
	}
	return false
}
