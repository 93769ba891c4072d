package plan

import (
	"fmt"
	"slices"
	"strings"
)

// labelFilter is a boolean expression over labels: `a && (b || !c)`. The comma is
// another way to write ||, as in Ginkgo's filters.
type labelFilter func(labels []string) bool

// parseLabels reads a filter; the empty text selects everything.
func parseLabels(text string) (labelFilter, error) {
	if strings.TrimSpace(text) == "" {
		return func([]string) bool { return true }, nil
	}
	p := &labelParser{tokens: labelTokens(text)}
	filter, err := p.either()
	if err == nil && p.next < len(p.tokens) {
		err = fmt.Errorf("%q is not expected here", p.tokens[p.next])
	}
	if err != nil {
		return nil, &FilterError{Flag: "--labels", Filter: text, Reason: err.Error()}
	}
	return filter, nil
}

// labelTokens cuts a filter into operators, parentheses and labels.
func labelTokens(text string) []string {
	var tokens []string
	for text = strings.TrimSpace(text); text != ""; text = strings.TrimSpace(text) {
		length := strings.IndexAny(text, "&|!(),")
		switch {
		case strings.HasPrefix(text, "&&"), strings.HasPrefix(text, "||"):
			length = 2
		case length == 0:
			length = 1
		case length < 0:
			length = len(text)
		}
		tokens = append(tokens, strings.TrimSpace(text[:length]))
		text = text[length:]
	}
	return tokens
}

type labelParser struct {
	tokens []string
	next   int
}

func (p *labelParser) peek() string {
	if p.next < len(p.tokens) {
		return p.tokens[p.next]
	}
	return ""
}

func (p *labelParser) either() (labelFilter, error) {
	left, err := p.both()
	for err == nil && (p.peek() == "||" || p.peek() == ",") {
		p.next++
		var right labelFilter
		if right, err = p.both(); err == nil {
			l := left
			left = func(labels []string) bool { return l(labels) || right(labels) }
		}
	}
	return left, err
}

func (p *labelParser) both() (labelFilter, error) {
	left, err := p.single()
	for err == nil && p.peek() == "&&" {
		p.next++
		var right labelFilter
		if right, err = p.single(); err == nil {
			l := left
			left = func(labels []string) bool { return l(labels) && right(labels) }
		}
	}
	return left, err
}

func (p *labelParser) single() (labelFilter, error) {
	token := p.peek()
	p.next++
	switch token {
	case "":
		return nil, fmt.Errorf("a label is missing at the end")
	case "!":
		inner, err := p.single()
		if err != nil {
			return nil, err
		}
		return func(labels []string) bool { return !inner(labels) }, nil
	case "(":
		inner, err := p.either()
		if err != nil {
			return nil, err
		}
		if p.peek() != ")" {
			return nil, fmt.Errorf("a closing parenthesis is missing")
		}
		p.next++
		return inner, nil
	case "&&", "||", ",", ")", "&", "|":
		return nil, fmt.Errorf("a label is missing before %q", token)
	}
	return func(labels []string) bool { return slices.Contains(labels, token) }, nil
}
