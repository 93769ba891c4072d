package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"esconform/reports/file"
)

// writeTo writes a file whole or not at all, or standard output for "-". A device or a
// pipe is written to as it is, and not replaced.
func writeTo(s Streams, path string, content func(io.Writer) error) error {
	switch {
	case path == "-":
		return content(s.Out)
	case !isDevice(path):
		return file.Write(path, content)
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := errors.Join(content(f), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

// isDevice says whether there is something that is neither a file nor a folder, such
// as /dev/stdout.
func isDevice(path string) bool {
	info, err := os.Stat(path)
	return err == nil && !info.Mode().IsRegular() && !info.IsDir()
}

// unwritable marks an error of a result that could not be written: what was asked for
// is not there, although the input was good.
func unwritable(err error) error {
	if err == nil {
		return nil
	}
	return inconclusive(err)
}
