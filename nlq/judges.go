package nlq

// judges reports whether a sentence wants something judged, which no query does: are our
// prices too high, which would you buy, 要是你会买哪款.
func (s *sentence) judges() bool {
	for at := range s.text.Tokens {
		next := s.normAt(at + 1)
		switch s.normAt(at) {
		case "would":
			if before := s.normAt(at - 1); before != "i" && before != "we" && !askedOf[next] {
				return true // would customers like it
			}
		case "too":
			if tooMuch[next] {
				return true
			}
		case "you":
			if (s.normAt(at-1) == "would" || s.normAt(at-1) == "should") && chooses[next] {
				return true
			}
		case "太":
			if tooMuch[next] {
				return true
			}
		case "你":
			if before := s.normAt(at-2) + s.normAt(at-1); before == "要是" || before == "如果" || before == "换成" || before == "换做" {
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
