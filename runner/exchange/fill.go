package exchange

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"esconform/runner/scenario"
	"esconform/runner/xmltree"
)

// filling holds the values that the parts of an envelope are filled with.
type filling struct {
	keys     map[string]string
	captures map[string]string
	token    string
	// given maps the placeholder identities of a template of `given` to keys.
	given     map[string]string
	messageID string
	start     time.Time // for {run-start}
	unique    map[string]string
	// distinct, when set, takes the place of values that must be unique: several
	// persons are made from one template of `given`.
	distinct string
	used     bool // whether messageID was used
	// repeat is how many items the request has, when its one item is repeated; item
	// is the one that is being filled in, from 1, and 0 outside of them. In an item,
	// each of the counted identities stands for its object of that number.
	repeat, item int
	counted      map[string]bool
	volume       int // for {volume}
}

// value returns what a part becomes, unescaped; literals are markup already.
func (f *filling) value(p part) (text string, markup bool, err error) {
	switch p.kind {
	case literal:
		return p.text, true, nil
	case keyText:
		if key, ok := f.key(p.arg); ok {
			return key, false, nil
		}
		return p.text, true, nil // the guard decides
	case keyName:
		if key, ok := f.key(p.arg); ok {
			return key, false, nil
		}
		return "", false, fmt.Errorf("the request names {key:%s}, which is no identity of the scenario", p.arg)
	case unique:
		text := p.arg
		if f.distinct != "" {
			text = f.distinct
		}
		if f.item > 0 {
			text = scenario.Member(text, f.item)
		}
		value := uniqueFor(f.token, text)
		f.unique[text] = value
		return value, false, nil
	case capture:
		if value, ok := f.captures[p.arg]; ok {
			return value, false, nil
		}
		return "", false, &captureError{p.arg}
	case messageID:
		f.used = true
		return f.messageID, false, nil
	case volume:
		return strconv.Itoa(f.volume), false, nil
	default:
		return f.start.UTC().Format("2006-01-02T15:04:05Z"), false, nil
	}
}

func (f *filling) key(name string) (string, bool) {
	if key, ok := f.given[name]; ok {
		return key, true
	}
	if f.item > 0 && f.counted[name] {
		name = scenario.Member(name, f.item)
	}
	key, ok := f.keys[name]
	return key, ok
}

// captureError says that a request needs a value that no answer has given.
type captureError struct{ name string }

// Error names the value.
func (e *captureError) Error() string {
	return fmt.Sprintf("no answer has given the value {capture:%s}", e.name)
}

// append fills one part in, as markup.
func (f *filling) append(out []byte, p part) ([]byte, error) {
	text, markup, err := f.value(p)
	if err != nil {
		return nil, err
	}
	if !markup {
		text = xmltree.EscapeText(text)
	}
	return append(out, text...), nil
}

// text fills parts in and returns their text. Markup between them is refused by
// what cannot be a key, so it is left as it is.
func (f *filling) text(parts []part) (string, error) {
	if len(parts) == 1 {
		text, _, err := f.value(parts[0])
		return strings.TrimSpace(text), err
	}
	var b strings.Builder
	for _, p := range parts {
		text, _, err := f.value(p)
		if err != nil {
			return "", err
		}
		b.WriteString(text)
	}
	return strings.TrimSpace(b.String()), nil
}
