package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"esconform/runner/evidence"
)

// recorder writes the exchanges of one case into its folder.
type recorder struct {
	root   string // the evidence folder; empty for none
	folder string // of the case, relative to root, with slashes
	count  int
}

// save writes the envelopes of an exchange and notes their names, relative to the
// evidence folder. Files appear while the case runs, so that a crash keeps them.
func (r *recorder) save(x *evidence.Exchange) error {
	r.count++
	if r.root == "" {
		return nil
	}
	dir := filepath.Join(r.root, filepath.FromSlash(r.folder))
	if r.count == 1 {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return fmt.Errorf("make evidence folder: %w", err)
		}
	}
	name := x.Operation
	if name == "" {
		name = strings.ToLower(x.Method)
	}
	base := fmt.Sprintf("%02d-%s", r.count, safeName(name))
	for _, part := range []struct {
		suffix string
		data   []byte
		file   *string
	}{{".request.xml", x.Request, &x.RequestFile}, {".response.xml", x.Response, &x.ResponseFile}} {
		if part.data == nil {
			continue
		}
		*part.file = r.folder + "/" + base + part.suffix
		if err := os.WriteFile(filepath.Join(dir, base+part.suffix), part.data, 0o644); err != nil {
			return fmt.Errorf("write evidence: %w", err)
		}
	}
	return nil
}

// finish writes what the case has seen beside the envelopes.
func (r *recorder) finish(o evidence.Outcome) error {
	if r.root == "" {
		return nil
	}
	dir := filepath.Join(r.root, filepath.FromSlash(r.folder))
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make evidence folder: %w", err)
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(o); err != nil {
		return fmt.Errorf("write evidence: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "exchange.json"), b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write evidence: %w", err)
	}
	return nil
}

// folderOf turns a case id into a folder that stays inside the evidence folder.
func folderOf(id string) string {
	parts := strings.Split(id, "/")
	for i, part := range parts {
		parts[i] = safeName(part)
	}
	return strings.Join(parts, "/")
}

// safeName keeps letters, digits, dots, hyphens and underscores; a name is never
// empty and never made of dots alone.
func safeName(name string) string {
	clean := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		}
		return '_'
	}, name)
	if strings.Trim(clean, ".") == "" {
		return "_" + clean
	}
	return clean
}
