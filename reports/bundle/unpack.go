package bundle

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// unpack reads the entries of an archive in memory. What is not exactly as pack
// writes it is refused: foreign names before anything is decompressed, and in the end
// every byte that does not follow from the entries.
func unpack(data []byte) (map[string]entry, error) {
	if len(data) > MaxArchive {
		return nil, fmt.Errorf("the file is larger than %d MiB", MaxArchive>>20)
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) { // names are checked below
		return nil, fmt.Errorf("it is no zip file, or it was cut off: %w", err)
	}
	if err := checkEntries(archive.File); err != nil {
		return nil, err
	}
	entries := make(map[string]entry, len(archive.File))
	for _, f := range archive.File {
		e, err := read(f)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.Name, err)
		}
		entries[f.Name] = e
	}
	if want := pack(entries); !bytes.Equal(want, data) {
		return nil, fmt.Errorf("from byte %d on the archive is not as its entries make it: it was packed again, or changed beside them", firstDifference(want, data))
	}
	return entries, nil
}

// firstDifference is the offset at which two files part.
func firstDifference(a, b []byte) int {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return i
		}
	}
	return min(len(a), len(b))
}

// checkEntries refuses entries that a bundle does not have, by their names and
// headers alone, and a bundle without one that it has.
func checkEntries(files []*zip.File) error {
	seen := map[string]bool{}
	var total uint64
	for _, f := range files {
		if why := foreign(f); why != "" {
			return fmt.Errorf("%s: %s", shown(f.Name), why)
		}
		if seen[f.Name] {
			return fmt.Errorf("%s: the entry is there twice", f.Name)
		}
		seen[f.Name] = true
		// Each is bounded before it is added, so that the sum cannot wrap.
		if f.UncompressedSize64 > MaxUnpacked || total+f.UncompressedSize64 > MaxUnpacked {
			return fmt.Errorf("%s: the entries are larger than %d MiB together", f.Name, MaxUnpacked>>20)
		}
		total += f.UncompressedSize64
	}
	for _, name := range entryNames() {
		if !seen[name] {
			return fmt.Errorf("%s: the entry is missing", name)
		}
	}
	return nil
}

// shown is a name as it can stand in a line.
func shown(name string) string {
	for _, r := range name {
		if !strconv.IsPrint(r) || r == utf8.RuneError {
			return strconv.Quote(name)
		}
	}
	return name
}

// foreign says why an entry cannot be one of a bundle; empty when it can.
func foreign(f *zip.File) string {
	name := f.Name
	switch {
	case strings.Contains(name, `\`):
		return "a name with a backslash"
	case strings.HasPrefix(name, "/"):
		return "an absolute path"
	case len(name) > 1 && name[1] == ':':
		return "a path with a drive letter"
	case slices.Contains(strings.Split(name, "/"), ".."):
		return "a path that leads out of its folder"
	case strings.HasSuffix(name, "/") || f.Mode().IsDir():
		return "a folder"
	case f.Mode()&fs.ModeSymlink != 0:
		return "a link"
	case !f.Mode().IsRegular():
		return "no regular file"
	case !slices.Contains(entryNames(), name):
		return "no entry of a bundle"
	case f.Method != methodOf(name):
		return fmt.Sprintf("compressed by method %d instead of %d", f.Method, methodOf(name))
	}
	return ""
}

// read decompresses an entry, at most to the size that it claims to have.
func read(f *zip.File) (entry, error) {
	raw, err := f.OpenRaw()
	if err != nil {
		return entry{}, fmt.Errorf("read the entry: %w", err)
	}
	var e entry
	if e.raw, err = io.ReadAll(raw); err != nil {
		return entry{}, fmt.Errorf("read the entry: %w", err)
	}
	content, err := f.Open()
	if err != nil {
		return entry{}, fmt.Errorf("read the entry: %w", err)
	}
	defer content.Close()
	e.content, err = io.ReadAll(io.LimitReader(content, int64(f.UncompressedSize64)+1))
	if err != nil {
		return entry{}, fmt.Errorf("decompress the entry: %w", err)
	}
	if uint64(len(e.content)) != f.UncompressedSize64 {
		return entry{}, fmt.Errorf("it holds %d bytes or more, and its header says %d", len(e.content), f.UncompressedSize64)
	}
	return e, nil
}
