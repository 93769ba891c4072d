package xmltree

import (
	"strings"
	"time"
)

// SameValue says whether two texts are the same, or the same boolean, date-time or
// date written differently (XML Schema part 2, 3.2.2, 3.2.7, 3.2.9). A time without
// a zone is only the same as another without a zone.
func SameValue(a, b string) bool {
	if a == b {
		return true
	}
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	if x, ok := boolean(a); ok {
		y, ok := boolean(b)
		return ok && x == y
	}
	for _, layout := range [...]string{
		"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05", "2006-01-02Z07:00", "2006-01-02",
	} {
		if x, err := time.Parse(layout, a); err == nil {
			y, err := time.Parse(layout, b)
			return err == nil && x.Equal(y)
		}
	}
	return false
}

func boolean(s string) (value, ok bool) {
	switch s {
	case "true", "1":
		return true, true
	case "false", "0":
		return false, true
	}
	return false, false
}
