package evidence

import (
	"strconv"
	"strings"
)

// repetitionMark stands between the id of a case and the number of a repetition. No
// id holds it.
const repetitionMark = "~"

// Key is the name of a repetition of a case in the log and of its folder: the id of
// the case, and from the second repetition on its number (a/b~2). Repetition is
// 1-based; 0 is a case that is carried out once.
func Key(caseID string, repetition int) string {
	if repetition <= 1 {
		return caseID
	}
	return caseID + repetitionMark + strconv.Itoa(repetition)
}

// SplitKey is the inverse of Key. The first repetition and a case that is carried out
// once are told apart by Outcome.Repetition alone; for both it returns 1.
func SplitKey(key string) (caseID string, repetition int) {
	id, number, marked := strings.Cut(key, repetitionMark)
	if n, err := strconv.Atoi(number); marked && err == nil && n > 1 {
		return id, n
	}
	return key, 1
}

// Repetitions returns what was seen of a case, repetition after repetition, as far as
// they ended. Outcomes are those of ReadLog.
func Repetitions(outcomes map[string]Outcome, caseID string) []Outcome {
	var all []Outcome
	for n := 1; ; n++ {
		o, there := outcomes[Key(caseID, n)]
		if !there {
			return all
		}
		all = append(all, o)
	}
}
