package draft

import (
	"slices"
	"strings"
)

// undone are the adjectives for rows without a moment, by what happens at it.
var undone = []struct {
	happens map[string]bool
	words   []string
}{
	{wordSet("paid pay payment"), []string{"unpaid", "not paid", "not yet paid", "still unpaid", "未付款", "未支付", "没付款"}},
	{wordSet("settled settle settlement"), []string{"unsettled", "not settled", "not yet settled", "未结清", "未结算"}},
	{wordSet("closed close closing"), []string{"open", "still open", "unclosed", "not closed", "not yet closed", "未关闭", "没关闭"}},
	{wordSet("resolved resolve resolution solved"), []string{"unresolved", "not resolved", "not yet resolved", "unsolved", "未解决", "没解决"}},
	{wordSet("completed complete completion finished finish"), []string{"unfinished", "uncompleted", "not completed", "not finished", "not yet completed", "not yet finished", "未完成", "没完成"}},
	{wordSet("shipped ship shipping shipment dispatched dispatch"), []string{"unshipped", "not shipped", "not yet shipped", "未发货", "没发货"}},
	{wordSet("delivered deliver delivery"), []string{"undelivered", "not delivered", "not yet delivered", "未送达", "没送达"}},
	{wordSet("returned return"), []string{"unreturned", "not returned", "not yet returned", "未归还", "没归还"}},
	{wordSet("received receive receipt"), []string{"not received", "not yet received", "未收到", "没收到"}},
	{wordSet("discharged discharge"), []string{"undischarged", "not discharged", "not yet discharged", "未出院", "没出院"}},
	{wordSet("approved approve approval"), []string{"unapproved", "not approved", "not yet approved", "未批准", "没批准"}},
	{wordSet("redeemed redeem redemption"), []string{"unredeemed", "not redeemed", "not yet redeemed", "未兑换", "没兑换"}},
}

// undone are the adjectives for rows in which the moment of the column is missing:
// an invoice without a date of payment is unpaid. None where no row lacks it, where
// the moment is only due, or where values of the table are called so.
func (c *column) undone() []string {
	words := c.lowerWords()
	if c.role != moment || c.nulls == 0 || c.nulls >= c.table.rows || slices.ContainsFunc(words, func(w string) bool { return planned[w] }) {
		return nil
	}
	for _, u := range undone {
		if !slices.ContainsFunc(words, func(w string) bool { return u.happens[w] }) {
			continue
		}
		return slices.DeleteFunc(slices.Clone(u.words), func(w string) bool { return c.table.holdsValue(w) })
	}
	return nil
}

// planned are words of moments that are not when it happened.
var planned = wordSet("due expected estimated planned plan scheduled schedule sched promised target required latest next first last eta est exp request requested")

// holdsValue reports whether a text of the table has a value.
func (t *table) holdsValue(w string) bool {
	return slices.ContainsFunc(t.columns, func(c *column) bool {
		return slices.ContainsFunc(c.values, func(v string) bool { return strings.EqualFold(v, w) })
	})
}
