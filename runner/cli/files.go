package cli

import (
	"fmt"
	"io"
	"os"
)

// maxFile bounds what is read of a file that the user names.
const maxFile = 64 << 20

// readFile reads a file that the user named, or standard input for "-".
func readFile(s Streams, name string) ([]byte, error) {
	in := s.In
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, usageError(fmt.Errorf("read %s: %w", name, err))
		}
		defer f.Close()
		in = f
	}
	data, err := io.ReadAll(io.LimitReader(in, maxFile+1))
	if err != nil {
		return nil, usageError(fmt.Errorf("read %s: %w", name, err))
	}
	if len(data) > maxFile {
		return nil, usageError(fmt.Errorf("read %s: larger than %d MiB", name, maxFile>>20))
	}
	return data, nil
}
