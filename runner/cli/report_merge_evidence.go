package cli

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"esconform/reports/text"
	"esconform/runner/evidence"
)

// mergeEvidence puts the evidence of shards together in an output folder: their logs
// one after the other, and the files of cases, which no two shards share. Only the user
// may read it, as that of a run. A shard without evidence is told of and is no error:
// the report stands without it.
func mergeEvidence(s Streams, out string, shards []recorded) error {
	folder := filepath.Join(out, evidenceDir)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("make the evidence folder: %w", err)
	}
	into, err := os.OpenRoot(folder)
	if err != nil {
		return fmt.Errorf("open the evidence folder: %w", err)
	}
	defer into.Close()
	for _, shard := range shards {
		from, err := os.OpenRoot(shard.evidence())
		if errors.Is(err, fs.ErrNotExist) {
			fmt.Fprintf(s.Err, "no evidence   there is none beside %s\n", text.Visible(shard.file))
			continue
		}
		if err == nil {
			err = errors.Join(addEvidence(into, from), from.Close())
		}
		if err != nil {
			return fmt.Errorf("merge the evidence of %s: %w", shard.file, err)
		}
	}
	return nil
}

// addEvidence copies the evidence of one shard.
func addEvidence(into, from *os.Root) error {
	return fs.WalkDir(from.FS(), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir():
			return into.MkdirAll(filepath.FromSlash(name), 0o700)
		case !entry.Type().IsRegular():
			return fmt.Errorf("%s is no file", name)
		case name == evidence.LogFile:
			return appendLog(into, from)
		}
		data, err := from.ReadFile(filepath.FromSlash(name))
		if err != nil {
			return err
		}
		return into.WriteFile(filepath.FromSlash(name), data, 0o600)
	})
}

// appendLog appends the whole lines of a shard's log; what was cut off while it was
// written is left out, as when it is read.
func appendLog(into, from *os.Root) (err error) {
	data, err := from.ReadFile(evidence.LogFile)
	if err != nil {
		return err
	}
	data = data[:bytes.LastIndexByte(data, '\n')+1]
	log, err := into.OpenFile(evidence.LogFile, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(log, bytes.NewReader(data))
	return errors.Join(err, log.Close())
}
