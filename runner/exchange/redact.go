package exchange

import (
	"bytes"
	"encoding/base64"
	"net/http"
	"slices"
	"strings"

	"esconform/runner/profile"
)

// minSecret is the length in bytes from which secrets are looked for in what came
// back: shorter ones would be found in innocent text, and so would words (see isWord).
// They are redacted where they are known to be secrets: as the text of a Password
// element, and in the header that they were sent in.
const minSecret = 8

// secrets are texts that must not be recorded, in all the forms that they may have in
// a message.
type secrets struct {
	known  map[string]bool
	layers []*matcher // those of the target, and those of an exchange
	short  []string
	// headers are the names of the headers that the profile adds, in lower case.
	headers map[string]bool
}

// secretsOf collects the secrets of a target: passwords, the control token, and
// the values of the profile's HTTP headers, which may be credentials too.
func secretsOf(t profile.Target) secrets {
	var texts []string
	for _, site := range t.Sites {
		texts = append(texts, site.Credentials.Password.Reveal())
	}
	if t.Control != nil {
		texts = append(texts, t.Control.Token.Reveal())
	}
	headers := map[string]bool{}
	for name, value := range t.Headers {
		headers[strings.ToLower(name)] = true
		texts = append(texts, headerSecrets(value)...)
	}
	s := secrets{}.with(texts...)
	s.headers = headers
	return s
}

// headerSecrets are what of a header's value could come back: all of it, its parts,
// such as a token without the word Bearer, and what Basic credentials are made of
// (RFC 7617).
func headerSecrets(value string) []string {
	parts := strings.Fields(value)
	texts := append([]string{value}, parts...)
	if len(parts) != 2 || !strings.EqualFold(parts[0], "Basic") {
		return texts
	}
	decoded, err := base64.StdEncoding.DecodeString(parts[1])
	if err != nil {
		return texts
	}
	_, password, _ := strings.Cut(string(decoded), ":")
	return append(texts, string(decoded), password)
}

// with returns the secrets and some more.
func (s secrets) with(texts ...string) secrets {
	var layer *matcher
	for _, text := range texts {
		switch {
		case text == "" || s.known[text] || slices.Contains(s.short, text):
		case len(text) < minSecret, isWord(text):
			s.short = append(slices.Clip(s.short), text)
		default:
			if layer == nil {
				layer, s.known = newMatcher(), copyOf(s.known)
				s.layers = append(slices.Clip(s.layers), layer)
			}
			s.known[text] = true
			for _, n := range needlesOf(text) {
				layer.add(n)
			}
		}
	}
	return s
}

func copyOf(known map[string]bool) map[string]bool {
	all := make(map[string]bool, len(known)+1)
	for text := range known {
		all[text] = true
	}
	return all
}

// redact replaces every secret in a message. The message itself is returned when it
// holds none.
func (s secrets) redact(message []byte) []byte {
	return eitherWidth(message, func(message []byte) []byte {
		for _, layer := range s.layers {
			message = redactWith(message, layer)
		}
		return s.redactPasswords(message)
	})
}

// redactWith replaces the needles of a matcher in a message, and in what a reader of
// XML sees of it.
func redactWith(message []byte, m *matcher) []byte {
	message = m.replace(message)
	if !hasView(message) {
		return message
	}
	v := viewOf(message)
	return v.replace(message, m.find(v.text))
}

// passwordElement begins the name of a Password element of WS-Security.
var passwordElement = []byte("Password")

// redactPasswords replaces short secrets where they are the whole text of a Password
// element, also where that is written as text.
func (s secrets) redactPasswords(message []byte) []byte {
	if len(s.short) == 0 || !bytes.Contains(message, passwordElement) {
		return message
	}
	v := viewOf(message)
	var found []match
	tag, opening := next(v.text, "<>"), next(v.text, "<")
	for at := 0; ; {
		name := bytes.Index(v.text[at:], passwordElement)
		if name < 0 {
			return v.replace(message, found)
		}
		at += name + len(passwordElement)
		end := tag(at)
		if end == len(v.text) || v.text[end] != '>' || end > at && v.text[end-1] == '/' {
			continue
		}
		start, end := end+1, opening(end)
		if end < len(v.text) && end-start <= mostPadded && slices.Contains(s.short, string(bytes.TrimSpace(v.text[start:end]))) {
			found = append(found, match{start: start, end: end})
		}
	}
}

// mostPadded bounds a short secret with the white space around it, in bytes.
const mostPadded = 4096

// next returns a function that gives the first place of one of the marks at or after
// another place; the end of the text where there is none. Asked for places in their
// order, it goes through the text once.
func next(text []byte, marks string) func(from int) int {
	at := -1
	return func(from int) int {
		if at < from {
			if at = bytes.IndexAny(text[from:], marks); at < 0 {
				at = len(text)
			} else {
				at += from
			}
		}
		return at
	}
}

// redactText replaces every secret in a text.
func (s secrets) redactText(text string) string { return string(s.redact([]byte(text))) }

// redactHeader returns the header with every secret replaced, in values and in names,
// and without the values of cookies and of headers that the profile adds.
func (s secrets) redactHeader(header http.Header) http.Header {
	var clean http.Header
	set := func(name string, values []string) {
		if clean == nil {
			clean = header.Clone()
		}
		clean[name] = values
	}
	for name, values := range header {
		for i, value := range values {
			if shown := s.headerValue(name, value); shown != value {
				changed := slices.Clone(values)
				if clean != nil {
					changed = clean[name]
				}
				changed[i] = shown
				set(name, changed)
			}
		}
		if s.inName(name) {
			set(redacted, append(clean[redacted], header[name]...))
			delete(clean, name)
		}
	}
	if clean == nil {
		return header
	}
	return clean
}

func (s secrets) headerValue(name, value string) string {
	switch {
	case s.headers[strings.ToLower(name)]:
		return redacted
	case name == "Set-Cookie":
		of, _, attributes := cookie(value)
		return s.redactText(of) + "=" + redacted + s.redactText(attributes)
	}
	return s.redactText(value)
}

// inName says whether a header's name holds a secret; case is lost in names.
func (s secrets) inName(name string) bool {
	if len(name) < minSecret {
		return false
	}
	lower := strings.ToLower(name)
	for text := range s.known {
		if strings.Contains(lower, strings.ToLower(text)) {
			return true
		}
	}
	return false
}
