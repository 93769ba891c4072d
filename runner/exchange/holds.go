package exchange

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"esconform/runner/evidence"
	"esconform/runner/scenario"
	"esconform/runner/xmltree"
)

// holds says whether an answer shows what a step waits for. It decides only when
// to stop repeating: what the answer proves is judged elsewhere.
func holds(want scenario.Expectation, x evidence.Exchange, m message, fill func(string) string) (bool, error) {
	switch {
	case want.HTTPStatus != "":
		return httpStatus(want.HTTPStatus, x.Status), nil
	case want.Fault != nil:
		if m.fault() == nil {
			return false, nil
		}
		code, _ := faultCode(m.fault())
		return want.Fault.Code == "" || code == want.Fault.Code, nil
	case want.Status != nil, want.Text != nil:
		return statusHolds(want, m, fill), nil
	}
	matches, err := m.find(fill(want.At), want.Item)
	if err != nil {
		return false, fmt.Errorf("until: %w", err)
	}
	return matchesHold(want, matches, fill)
}

func httpStatus(want string, status int) bool {
	text := strconv.Itoa(status)
	if not, ok := strings.CutPrefix(want, "not "); ok {
		return !httpStatus(not, status)
	}
	if class, ok := strings.CutSuffix(want, "xx"); ok {
		return strings.HasPrefix(text, class)
	}
	return text == want
}

func statusHolds(want scenario.Expectation, m message, fill func(string) string) bool {
	all := m.statuses()
	n := max(want.Item, 1)
	if n > len(all) {
		return false
	}
	status := all[n-1]
	if want.Text != nil {
		return description(status) == strings.TrimSpace(fill(*want.Text))
	}
	major, severity := want.Status.CodeMajor, want.Status.Severity
	return (major == "" || statusText(status, "codeMajor") == major) && (severity == "" || statusText(status, "severity") == severity)
}

func matchesHold(want scenario.Expectation, matches []xmltree.Match, fill func(string) string) (bool, error) {
	text := ""
	if len(matches) > 0 {
		text = strings.TrimSpace(matches[0].Text())
	}
	switch {
	case want.Present:
		return len(matches) > 0, nil
	case want.Absent:
		return len(matches) == 0, nil
	case want.AbsentOrEmpty:
		return len(matches) == 0 || text == "", nil
	case want.Count != nil:
		return len(matches) == *want.Count, nil
	case want.Equals != nil:
		return len(matches) > 0 && text == strings.TrimSpace(fill(*want.Equals)), nil
	case want.Matches != nil:
		pattern, err := regexp.Compile("^(?:" + fill(*want.Matches) + ")$")
		if err != nil {
			return false, fmt.Errorf("until: %w", err)
		}
		return len(matches) > 0 && pattern.MatchString(text), nil
	}
	return false, fmt.Errorf("until: this kind of expectation cannot be waited for")
}
