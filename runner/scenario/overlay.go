package scenario

import (
	"cmp"
	"errors"
	"io"
	"io/fs"
	"slices"
)

// overlay shows several file systems as one; the first that has a file gives it.
// Folders show the entries of all.
type overlay []fs.FS

// Overlay returns the file systems as one. Where two have the same file the
// earlier one counts, so that a later one can only add.
func Overlay(fsys ...fs.FS) fs.FS { return overlay(slices.Clone(fsys)) }

// Open opens a file of the first file system that has it, or a folder that lists
// the entries of all.
func (o overlay) Open(name string) (fs.File, error) {
	for _, f := range o {
		file, err := f.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		info, err := file.Stat()
		if err != nil || !info.IsDir() {
			return file, err
		}
		entries, err := o.ReadDir(name)
		return &folder{File: file, entries: entries}, err
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// folder is an open folder of an overlay.
type folder struct {
	fs.File
	entries []fs.DirEntry // not read yet
}

// ReadDir returns the next n entries, all that are left when n is not positive.
func (f *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 || n > len(f.entries) {
		if n > 0 && len(f.entries) == 0 {
			return nil, io.EOF
		}
		n = len(f.entries)
	}
	read := f.entries[:n]
	f.entries = f.entries[n:]
	return read, nil
}

// ReadDir lists a folder over all file systems, sorted by name.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) {
	var out []fs.DirEntry
	found := false
	for _, f := range o {
		entries, err := fs.ReadDir(f, name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		found = true
		for _, e := range entries {
			if !slices.ContainsFunc(out, func(o fs.DirEntry) bool { return o.Name() == e.Name() }) {
				out = append(out, e)
			}
		}
	}
	if !found {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrNotExist}
	}
	slices.SortFunc(out, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return out, nil
}

// Lstat tells links apart, which Open follows.
func (o overlay) Lstat(name string) (fs.FileInfo, error) {
	for _, f := range o {
		info, err := fs.Lstat(f, name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return info, err
		}
	}
	return nil, &fs.PathError{Op: "lstat", Path: name, Err: fs.ErrNotExist}
}

// ReadLink completes fs.ReadLinkFS; see Lstat.
func (o overlay) ReadLink(name string) (string, error) {
	for _, f := range o {
		target, err := fs.ReadLink(f, name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return target, err
		}
	}
	return "", &fs.PathError{Op: "readlink", Path: name, Err: fs.ErrNotExist}
}
