package profile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Marshal writes a target as a profile file, passwords and the control token
// included: the caller keeps it private (see WriteFile). Every text is quoted, so
// that no value can be taken for something else. Limits, headers and hooks are
// left out: they belong to whoever runs, not to the endpoint.
func Marshal(t Target) []byte {
	w := &yamlWriter{}
	w.comment("A profile of esconform. It holds passwords: keep its mode at 0600.")
	w.pair(0, "name", t.Name)
	w.pair(0, "endpoint", t.BaseURL)
	w.pair(0, "secureEndpoint", t.SecureURL)
	if t.Separate {
		w.line(0, "separate: true")
	}
	w.pairs(0, "services", t.Services)
	w.pairs(0, "product", map[string]string{"name": t.Product.Name, "version": t.Product.Version, "vendor": t.Product.Vendor})
	if len(t.Features) > 0 {
		w.line(0, "features:")
		for _, feature := range t.Features {
			w.line(2, "- "+quoted(feature))
		}
	}
	w.line(0, "sites:")
	for _, site := range t.Sites {
		w.line(2, "- name: "+quoted(site.Name))
		w.pair(4, "username", site.Credentials.Username)
		w.pair(4, "password", site.Credentials.Password.Reveal())
		w.pairs(4, "states", site.States)
		w.pairs(4, "anchors", site.Anchors)
	}
	if t.Control != nil {
		w.line(0, "control:")
		w.pair(2, "url", t.Control.URL)
		w.pair(2, "token", t.Control.Token.Reveal())
	}
	if t.TLS.CAFile != "" {
		w.line(0, "tls:")
		w.pair(2, "caFile", t.TLS.CAFile)
	}
	return w.text.Bytes()
}

// WriteFile writes a target as a profile file that only its owner can read. The
// file appears at once and whole, so that a second process can wait for it.
func WriteFile(path string, t Target) error {
	if err := writePrivate(path, Marshal(t)); err != nil {
		return fmt.Errorf("write profile %s: %w", path, err)
	}
	return nil
}

func writePrivate(path string, data []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	// CreateTemp makes the file with mode 0600.
	if _, err = f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err = f.Sync(); err != nil {
		f.Close()
		return err
	}
	if err = f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

type yamlWriter struct{ text bytes.Buffer }

func (w *yamlWriter) line(indent int, text string) {
	w.text.WriteString(strings.Repeat(" ", indent) + text + "\n")
}

func (w *yamlWriter) comment(text string) { w.line(0, "# "+text) }

// pair writes a key with a quoted value; an empty value is left out.
func (w *yamlWriter) pair(indent int, key, value string) {
	if value != "" {
		w.line(indent, quotedKey(key)+": "+quoted(value))
	}
}

func (w *yamlWriter) pairs(indent int, key string, m map[string]string) {
	any := false
	for _, k := range sortedKeys(m) {
		if m[k] == "" {
			continue
		}
		if !any {
			w.line(indent, key+":")
			any = true
		}
		w.pair(indent+2, k, m[k])
	}
}

// quoted writes a text as a double-quoted YAML scalar; a JSON string is one.
func quoted(text string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return `""` // a string always encodes
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// quotedKey quotes a key unless it is a plain word.
func quotedKey(key string) string {
	plain := !strings.ContainsFunc(key, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z')
	})
	if plain && key != "" {
		return key
	}
	return quoted(key)
}
