package zh

import "wenshu/nlq"

// Language returns what the reader knows of Chinese.
func Language() nlq.Language {
	return nlq.Language{Tag: "zh", Rules: rules(), Numbers: Numbers, Times: Times, Sounds: Sounds, Groups: groups, Units: amountUnits}
}
