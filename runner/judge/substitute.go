package judge

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// maxLongText bounds {longtext:N}.
const maxLongText = 1 << 20

var placeholder = regexp.MustCompile(`\{(key|unique|capture|longtext|message-id|volume)(?::([^{}]*))?\}`)

// substitute puts what was on the wire into a text of the scenario: keys, values
// made unique, captured values, the messageIdentifier of the step. It only goes
// forwards; answers are compared as they came. escape is applied to what is put
// in; it may be nil.
func (c *court) substitute(a *answer, text string, escape func(string) string) (string, error) {
	if !strings.Contains(text, "{") {
		return text, nil
	}
	var failed error
	out := placeholder.ReplaceAllStringFunc(text, func(whole string) string {
		m := placeholder.FindStringSubmatch(whole)
		value, err := c.value(a, m[1], m[2])
		if err != nil && failed == nil {
			failed = fmt.Errorf("%s: %w", whole, err)
		}
		if escape != nil {
			value = escape(value)
		}
		return value
	})
	return out, failed
}

// value is what stands on the wire for a placeholder.
func (c *court) value(a *answer, kind, name string) (string, error) {
	lookup := func(values map[string]string, none string) (string, error) {
		if v, ok := values[name]; ok {
			return v, nil
		}
		return "", fmt.Errorf("%s %q", none, name)
	}
	switch kind {
	case "key":
		return lookup(c.Outcome.Keys, "the outcome has no key for the identity")
	case "unique":
		return lookup(c.Outcome.Unique, "the outcome has no unique value for")
	case "capture":
		return lookup(c.Outcome.Captures, "nothing was captured under")
	case "message-id":
		return a.exchange.MessageID, nil
	case "volume":
		return itoa(c.Case.Volume), nil
	}
	n, err := strconv.Atoi(name)
	if err != nil || n < 0 || n > maxLongText {
		return "", fmt.Errorf("%q is not a length up to %d", name, maxLongText)
	}
	return strings.Repeat("x", n), nil
}
