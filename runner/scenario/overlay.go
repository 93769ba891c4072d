package scenario

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
)

// overlay shows several file systems as one; the first that has a file gives it.
// Folders show the entries of all.
type overlay []fs.FS

// Overlay returns the file systems as one. Where two have the same file the
// earlier one counts, so that a later one can only add.
func Overlay(fsys ...fs.FS) fs.FS { return overlay(slices.Clone(fsys)) }

// Open opens a file of the first file system that has it.
func (o overlay) Open(name string) (fs.File, error) {
	for _, f := range o {
		file, err := f.Open(name)
		if err == nil || !errors.Is(err, fs.ErrNotExist) {
			return file, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
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
