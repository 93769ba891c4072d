package profile

import (
	"io"
	"os"
	"strings"
)

// secretUse says what a secret is for, in the words of a defect.
type secretUse struct {
	what  string // "password", "token"
	of    string // "site main"
	key   string // key in the profile file
	place Place
	hint  string // how to give it when it is missing
}

// secret resolves the one place that a secret was given at.
func (c *collector) secret(d secretDraft, use secretUse, private bool, s Sources) Secret {
	if d.known.set {
		if d.known.value.Reveal() == "" {
			c.add(d.known.place, "the %s of %s is empty", use.what, use.of)
		}
		return d.known.value
	}
	var ways []option[string]
	for _, way := range []option[string]{d.literal, d.file, d.env} {
		if way.set {
			ways = append(ways, way)
		}
	}
	switch {
	case len(ways) == 0:
		c.add(use.place, "%s has no %s; %s", use.of, use.what, use.hint)
	case len(ways) > 1:
		c.add(ways[1].place, "the %s of %s is given in two ways; keep one of %s, %sFile and %sEnv", use.what, use.of, use.key, use.key, use.key)
	case d.literal.set:
		return c.literal(d.literal, use, private)
	case d.file.set:
		return c.secretFile(d.file, use, s.Stdin)
	default:
		return c.secretVariable(d.env, use, s.LookupEnv)
	}
	return Secret{}
}

func (c *collector) literal(text option[string], use secretUse, private bool) Secret {
	if text.value == "" {
		c.add(text.place, "the %s of %s is empty", use.what, use.of)
	} else if !private {
		c.add(text.place, "the %s of %s stands in a file that others can read; set the file's mode to 0600, or use %sFile or %sEnv", use.what, use.of, use.key, use.key)
	}
	return NewSecret(text.value)
}

func (c *collector) secretFile(path option[string], use secretUse, stdin io.Reader) Secret {
	data, err := readSecret(path.value, stdin)
	if err != nil {
		c.add(path.place, "the %s file %s of %s cannot be read: %s", use.what, path.value, use.of, reason(err))
		return Secret{}
	}
	text := strings.TrimSuffix(strings.TrimSuffix(string(data), "\n"), "\r")
	switch {
	case text == "":
		c.add(path.place, "the %s file %s of %s is empty", use.what, path.value, use.of)
	case strings.ContainsAny(text, "\r\n"):
		c.add(path.place, "the %s file %s of %s has more than one line", use.what, path.value, use.of)
	}
	return NewSecret(text)
}

func readSecret(path string, stdin io.Reader) ([]byte, error) {
	if path != "-" {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		return io.ReadAll(io.LimitReader(f, maxFile))
	}
	if stdin == nil {
		return nil, os.ErrClosed
	}
	return io.ReadAll(io.LimitReader(stdin, maxFile))
}

func (c *collector) secretVariable(name option[string], use secretUse, lookup func(string) (string, bool)) Secret {
	value, found := "", false
	if lookup != nil {
		value, found = lookup(name.value)
	}
	if !found || value == "" {
		c.add(name.place, "the %s of %s is to come from the environment variable %s, which is not set or empty", use.what, use.of, name.value)
	}
	return NewSecret(value)
}
