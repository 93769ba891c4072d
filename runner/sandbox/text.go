package sandbox

import (
	"strings"
	"time"
)

// flagText is how a set flag is returned (readPerson: `True`).
func flagText(text string) string {
	if on, ok := booleanOf(strings.ToLower(text)); ok && on {
		return "True"
	}
	return ""
}

func isASCII(text string) bool {
	return !strings.ContainsFunc(text, func(r rune) bool { return r > 0x7f })
}

// asASCII puts a question mark where a character is not ASCII.
func asASCII(text string) string {
	return strings.Map(func(r rune) rune {
		if r > 0x7f {
			return '?'
		}
		return r
	}, text)
}

// hasNonBMP says whether a character lies outside the basic multilingual plane.
func hasNonBMP(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return r > 0xFFFF })
}

// withoutNonBMP puts a replacement where a character lies outside the basic
// multilingual plane.
func withoutNonBMP(text string) string {
	return strings.Map(func(r rune) rune {
		if r > 0xFFFF {
			return '\uFFFD'
		}
		return r
	}, text)
}

// dayAfter returns the day after a date.
func dayAfter(date string) string {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return date
	}
	return t.AddDate(0, 0, 1).Format(time.DateOnly)
}
