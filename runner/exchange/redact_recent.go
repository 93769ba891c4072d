package exchange

import (
	"net/http"
	"strings"
	"sync"
)

// mostRecent bounds how many secrets of exchanges are remembered.
const mostRecent = 512

// recent are the secrets of the exchanges so far: digests and nonces that were sent,
// and cookies that the endpoint has set. An endpoint may show them later, to another
// case. Of very many the latest are remembered.
type recent struct {
	mu    sync.Mutex
	texts []string
	known map[string]bool
	found *matcher
}

func newRecent() *recent { return &recent{known: map[string]bool{}, found: newMatcher()} }

// add remembers texts that are long enough to be looked for, and no words.
func (r *recent) add(texts ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, text := range texts {
		if len(text) < minSecret || r.known[text] || isWord(text) {
			continue
		}
		if len(r.texts) == mostRecent {
			r.forget()
		}
		r.remember(text)
	}
}

func (r *recent) remember(text string) {
	r.texts, r.known[text] = append(r.texts, text), true
	for _, n := range needlesOf(text) {
		r.found.add(n)
	}
}

// forget keeps the later half.
func (r *recent) forget() {
	later := r.texts[len(r.texts)/2:]
	r.texts, r.known, r.found = nil, map[string]bool{}, newMatcher()
	for _, text := range later {
		r.remember(text)
	}
}

// redact replaces what is remembered.
func (r *recent) redact(text []byte) []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.texts) == 0 {
		return text
	}
	return eitherWidth(text, func(text []byte) []byte { return redactWith(text, r.found) })
}

// cookies are the values of the cookies that a header sets.
func cookies(header http.Header) []string {
	var values []string
	for _, line := range header["Set-Cookie"] {
		if _, value, _ := cookie(line); value != "" {
			values = append(values, value)
		}
	}
	return values
}

// cookie splits a Set-Cookie line (RFC 6265, 4.1.1).
func cookie(line string) (name, value, attributes string) {
	pair, attributes, found := strings.Cut(line, ";")
	if found {
		attributes = ";" + attributes
	}
	name, value, _ = strings.Cut(pair, "=")
	return name, strings.Trim(strings.TrimSpace(value), `"`), attributes
}

// redactHeader replaces what is remembered in the values of a header, which is
// changed.
func (r *recent) redactHeader(header http.Header) http.Header {
	for _, values := range header {
		for i, value := range values {
			values[i] = string(r.redact([]byte(value)))
		}
	}
	return header
}
