package bundle

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
)

// The limits of a bundle, in bytes: a file that claims more is refused before it is
// unpacked. A run of all scenarios has about fifteen megabytes.
const (
	MaxArchive  = 256 << 20 // of the file
	MaxUnpacked = 1 << 30   // of all entries together
)

// entry is an entry of the archive: its content, and the bytes that stand for it.
type entry struct {
	content []byte
	raw     []byte
}

// The methods of compression (APPNOTE.TXT 4.4.5).
const (
	stored   = 0
	deflated = 8
)

// methodOf is the method of an entry. Compressed bytes of one content are many;
// those of a file are fixed by their digest in the manifest. What the manifest does
// not list is stored, so that its bytes are fixed by its content.
func methodOf(name string) uint16 {
	if name == ManifestEntry || name == AttestationEntry {
		return stored
	}
	return deflated
}

// compress makes an entry of a content.
func compress(name string, content []byte) (entry, error) {
	if methodOf(name) == stored {
		return entry{content, content}, nil
	}
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.DefaultCompression)
	if err == nil {
		_, err = w.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		return entry{}, fmt.Errorf("compress %s: %w", name, err)
	}
	return entry{content, out.Bytes()}, nil
}

// Fields of the archive that are the same in every bundle: what a program needs to
// unpack it (2.0), and a date that says nothing (1 January 1980, 0:00).
const (
	zipVersion = 20
	zipDate    = 1<<5 | 1
	zipTime    = 0
)

// pack writes the one archive that holds these entries (APPNOTE.TXT 4.3): in the
// order of their names, without comments, extra fields, times and attributes. The
// headers are written here and not by archive/zip, so that they are the same with
// every version of Go.
func pack(entries map[string]entry) []byte {
	var out, directory bytes.Buffer
	count := uint16(0)
	for _, name := range entryNames() {
		e, there := entries[name]
		if !there {
			continue
		}
		count++
		common := []any{uint16(zipVersion), uint16(0), methodOf(name), uint16(zipTime), uint16(zipDate),
			crc32.ChecksumIEEE(e.content), uint32(len(e.raw)), uint32(len(e.content)), uint16(len(name)), uint16(0)}
		offset := uint32(out.Len())
		put(&out, append([]any{uint32(0x04034b50)}, common...)...)
		out.WriteString(name)
		out.Write(e.raw)
		put(&directory, append([]any{uint32(0x02014b50), uint16(zipVersion)}, common...)...)
		put(&directory, uint16(0), uint16(0), uint16(0), uint32(0), offset)
		directory.WriteString(name)
	}
	start, size := uint32(out.Len()), uint32(directory.Len())
	out.Write(directory.Bytes())
	put(&out, uint32(0x06054b50), uint16(0), uint16(0), count, count, size, start, uint16(0))
	return out.Bytes()
}

// put appends numbers in the order of bytes of the format. Writing numbers of fixed
// size to memory does not fail.
func put(out *bytes.Buffer, numbers ...any) {
	for _, n := range numbers {
		_ = binary.Write(out, binary.LittleEndian, n)
	}
}

// withinLimits refuses to make what could not be verified.
func withinLimits(data []byte, entries map[string]entry) error {
	size := 0
	for _, e := range entries {
		size += len(e.content)
	}
	if len(data) > MaxArchive || size > MaxUnpacked {
		return fmt.Errorf("%d bytes in a file of %d are more than a bundle may hold (%d in %d); select fewer scenarios", size, len(data), MaxUnpacked, MaxArchive)
	}
	return nil
}
