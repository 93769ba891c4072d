package plan

import (
	"path"
	"strings"
)

// matchID says whether a pattern selects a case. A pattern matches segment by
// segment (path.Match; ** stands for any number of segments), and selects what it
// matches and everything below it: `imses/person` selects the whole area.
func matchID(pattern, id string) (bool, error) {
	return matchSegments(strings.Split(strings.Trim(pattern, "/"), "/"), strings.Split(id, "/"))
}

func matchSegments(pattern, id []string) (bool, error) {
	if len(pattern) == 0 {
		return true, nil // the rest of the id is below what was matched
	}
	if pattern[0] == "**" {
		for skip := 0; skip <= len(id); skip++ {
			if ok, err := matchSegments(pattern[1:], id[skip:]); ok || err != nil {
				return ok, err
			}
		}
		return false, nil
	}
	if len(id) == 0 {
		// Reads the rest all the same, so that a bad pattern is always an error.
		_, err := path.Match(pattern[0], "")
		return false, err
	}
	ok, err := path.Match(pattern[0], id[0])
	if err != nil || !ok {
		return false, err
	}
	return matchSegments(pattern[1:], id[1:])
}
