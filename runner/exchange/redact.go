package exchange

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"html"
	"net/http"
	"slices"
	"strings"
	"unicode/utf16"

	"esconform/runner/profile"
	"esconform/runner/xmltree"
)

// minSecret is the length in bytes from which secrets are looked for in what came
// back: shorter ones would be found in innocent text.
const minSecret = 8

// secrets are texts that must not be recorded, in all the forms that they may
// have in a message.
type secrets struct{ forms []secretForm }

type secretForm struct {
	needle, replacement []byte
	wide                bool // UTF-16
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
	for _, value := range t.Headers {
		texts = append(texts, headerSecrets(value)...)
	}
	return secrets{}.with(texts...)
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
	forms := slices.Clip(s.forms)
	for _, text := range texts {
		if len(text) < minSecret || slices.ContainsFunc(forms, func(f secretForm) bool { return string(f.needle) == text }) {
			continue
		}
		written := []string{text}
		for _, form := range []string{xmltree.EscapeText(text), html.EscapeString(text)} {
			if !slices.Contains(written, form) {
				written = append(written, form)
			}
		}
		for _, form := range written {
			forms = append(forms, secretForm{needle: []byte(form), replacement: []byte(redacted)})
			for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
				forms = append(forms, secretForm{needle: wide(form, order), replacement: wide(redacted, order), wide: true})
			}
		}
	}
	return secrets{forms: forms}
}

// wide encodes a text as UTF-16.
func wide(text string, order binary.AppendByteOrder) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, unit)
	}
	return b
}

// redact replaces every secret in a message. The message itself is returned when
// it holds none.
func (s secrets) redact(message []byte) []byte {
	isWide := bytes.IndexByte(message, 0) >= 0
	for _, form := range s.forms {
		if (!form.wide || isWide) && bytes.Contains(message, form.needle) {
			message = bytes.ReplaceAll(message, form.needle, form.replacement)
		}
	}
	return message
}

// redactText replaces every secret in a text.
func (s secrets) redactText(text string) string { return string(s.redact([]byte(text))) }

// redactHeader returns the header with every secret replaced.
func (s secrets) redactHeader(header http.Header) http.Header {
	for name, values := range header {
		for i, value := range values {
			if clean := s.redactText(value); clean != value {
				header[name] = slices.Clone(values)
				header[name][i] = clean
			}
		}
	}
	return header
}
