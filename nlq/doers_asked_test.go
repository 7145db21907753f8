package nlq_test

import "testing"

const stays = `
model: {name: huts, warehouse: main}
tables:
  hiker:
    label: {en: hiker}
    key: [hiker_id]
    display: [full_name]
    dimensions:
      hiker_id: {label: {en: hiker id}, type: int}
      full_name: {label: {en: full name}}
  stay:
    label: {en: stay}
    key: [stay_id]
    joins:
      hiker: {to: hiker, on: [hiker_id]}
    dimensions:
      stay_id: {label: {en: stay id}, type: int}
      hiker: {label: {en: hiker}, of: hiker}
      hut: {label: {en: hut}}
      nights: {label: {en: nights}, type: int, sum: sum}
metrics:
  stay_count: {expr: "count(stay)", label: {en: number of stays}}
`

// Who did it all is nothing that a number is split by, unless each of them is asked for.
func TestDoersAsked(t *testing.T) {
	reads(t, stays, map[string]string{
		"how many nights did hikers spend":         "sum(nights)",
		"how many nights did each hiker spend":     "sum(nights) by hiker",
		"how many nights did hikers spend by hut":  "sum(nights) by hut",
		"how many nights dont hikers spend by hut": "",
	})
}
