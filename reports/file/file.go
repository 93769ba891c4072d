// Package file puts a report in its place on disk, whole or not at all.
package file

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Write writes a file of mode 0644 so that a reader sees the earlier content or all
// of the new one, never a part, also after a crash: the content goes to a temporary
// file beside it, is synced and renamed. The error names the path.
func Write(path string, content func(io.Writer) error) error { return write(path, 0o644, content) }

// WritePrivate is Write for what tells what an endpoint says: only the user may read
// the file (mode 0600).
func WritePrivate(path string, content func(io.Writer) error) error {
	return write(path, 0o600, content)
}

func write(path string, mode os.FileMode, content func(io.Writer) error) error {
	temporary, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	err = errors.Join(content(temporary), temporary.Chmod(mode), temporary.Sync(), temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, errors.Join(err, os.Remove(temporary.Name())))
	}
	return nil
}
