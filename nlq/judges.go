package nlq

// judges reports whether a text wants something judged, which no query does: are our
// prices too high, which would you buy, 要是你会买哪款.
func (t *Text) judges() bool {
	for at := range t.Tokens {
		next := t.At(at + 1).Norm
		switch t.At(at).Norm {
		case "would":
			if before := t.At(at - 1).Norm; before != "i" && before != "we" && !askedOf[next] {
				return true // would customers like it
			}
		case "too":
			if tooMuch[next] {
				return true
			}
		case "you":
			if (t.At(at-1).Norm == "would" || t.At(at-1).Norm == "should") && chooses[next] {
				return true
			}
		case "太":
			if tooMuch[next] {
				return true
			}
		case "你":
			if before := t.At(at-2).Norm + t.At(at-1).Norm; before == "要是" || before == "如果" || before == "换成" || before == "换做" {
				return true
			}
		}
	}
	return false
}

// askedOf stand behind "would" where something is wished, or asked of who answers.
var askedOf = setOf("you it be like i we love")

// tooMuch are what nothing may be too much of without somebody's opinion.
var tooMuch = setOf("high low many much few little expensive cheap long short slow fast late big small large 高 低 多 少 贵 便 长 短 慢 快 大 小")

// chooses are verbs of who has an opinion.
var chooses = setOf("buy choose pick prefer recommend suggest think do hire invest")
