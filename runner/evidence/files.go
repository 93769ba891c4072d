package evidence

import (
	"fmt"
	"os"
	"path/filepath"
)

// WriteFiles writes the envelopes of an outcome as files of their own below the
// evidence folder, under the names that its exchanges carry, for people to look at.
// Only the user may read them: they tell what an endpoint says.
// A name that leads out of the folder is an error.
func WriteFiles(dir string, exchanges []Exchange) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("write evidence: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("write evidence: %w", err)
	}
	defer root.Close()
	for _, x := range exchanges {
		for name, data := range map[string][]byte{x.RequestFile: x.Request, x.ResponseFile: x.Response} {
			if name == "" || data == nil {
				continue
			}
			name = filepath.FromSlash(name)
			if err := root.MkdirAll(filepath.Dir(name), 0o700); err != nil {
				return fmt.Errorf("write evidence %s: %w", name, err)
			}
			if err := root.WriteFile(name, data, 0o600); err != nil {
				return fmt.Errorf("write evidence %s: %w", name, err)
			}
		}
	}
	return nil
}
