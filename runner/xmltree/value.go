package xmltree

import (
	"strings"
	"time"
)

// The types of XML Schema whose values can be written differently (part 2, 3.2.2,
// 3.2.9, 3.2.7).
const (
	Boolean  = "boolean"
	Date     = "date"
	DateTime = "dateTime"
)

// SameValue says whether two texts are the same, or the same boolean, date-time or
// date written differently, whatever the type of the element is.
func SameValue(a, b string) bool {
	return SameOf(Boolean, a, b) || SameOf(Date, a, b) || SameOf(DateTime, a, b)
}

// SameOf says whether two texts are the same value of a type: one of Boolean, Date and
// DateTime; texts of any other type are the same when they are equal. A time without a
// zone is only the same as another without a zone.
func SameOf(valueType, a, b string) bool {
	if a == b {
		return true
	}
	a, b = strings.TrimSpace(a), strings.TrimSpace(b)
	switch valueType {
	case Boolean:
		x, isBool := boolean(a)
		y, areBoth := boolean(b)
		return isBool && areBoth && x == y
	case Date:
		return sameTime(a, b, "2006-01-02Z07:00", "2006-01-02")
	case DateTime:
		return sameTime(a, b, "2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05")
	}
	return false
}

func sameTime(a, b string, layouts ...string) bool {
	for _, layout := range layouts {
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
