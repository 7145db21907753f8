package answer

// SimplifiedIn returns the characters of a text that traditional script lacks.
func SimplifiedIn(text string) string { return simplifiedIn(text) }

// InTaiwan writes simplified Chinese in the script of Taiwan.
func InTaiwan(text string) string { return inTaiwan(text) }
