package plan

import (
	"errors"
	"path"
	"strings"
)

// checkPatterns reports the patterns that cannot be read.
func checkPatterns(patterns []string) error {
	var defects []error
	for _, pattern := range patterns {
		if err := CheckPattern(pattern); err != nil {
			defects = append(defects, &FilterError{"--only", pattern, "this is not a pattern: " + err.Error()})
		}
	}
	return errors.Join(defects...)
}

// CheckPattern says what keeps a pattern from being read (see Matches).
func CheckPattern(pattern string) error {
	for _, segment := range strings.Split(pattern, "/") {
		if _, err := path.Match(segment, ""); err != nil {
			return err
		}
	}
	return nil
}

// Matches says whether a pattern selects a case. A pattern matches segment by
// segment (path.Match; ** stands for any number of segments), and selects what it
// matches and everything below it: `imses/person` selects the whole area. A pattern
// that cannot be read matches nothing.
func Matches(pattern, id string) bool {
	return matchSegments(strings.Split(strings.Trim(pattern, "/"), "/"), strings.Split(id, "/"))
}

func matchSegments(pattern, id []string) bool {
	if len(pattern) == 0 {
		return true // the rest of the id is below what was matched
	}
	if pattern[0] == "**" {
		for skip := 0; skip <= len(id); skip++ {
			if matchSegments(pattern[1:], id[skip:]) {
				return true
			}
		}
		return false
	}
	if len(id) == 0 {
		return false
	}
	ok, err := path.Match(pattern[0], id[0])
	return err == nil && ok && matchSegments(pattern[1:], id[1:])
}
