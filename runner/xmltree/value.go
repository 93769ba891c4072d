package xmltree

import (
	"strings"
	"time"
)

// sameValue says whether two texts are the same boolean, date-time or date
// (XML Schema part 2, 3.2.2, 3.2.7, 3.2.9). Times without a zone are only the same
// as times without a zone.
func sameValue(a, b string) bool {
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
