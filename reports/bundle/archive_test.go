package bundle_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"

	"esconform/reports/bundle"
)

// member is an entry of an archive that is none of ours.
type member struct {
	header  zip.FileHeader
	content []byte
}

// members are the entries of a bundle as another program would pack them.
func members(c bundle.Contents) []member {
	var all []member
	for _, name := range bundle.Names() {
		method := zip.Deflate
		if name == bundle.ManifestEntry || name == bundle.AttestationEntry {
			method = zip.Store
		}
		all = append(all, member{zip.FileHeader{Name: name, Method: method}, c[name]})
	}
	return all
}

func zipped(t testing.TB, comment string, all ...member) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, m := range all {
		f := must[io.Writer](t)(w.CreateHeader(&m.header))
		if _, err := f.Write(m.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.SetComment(comment); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func named(name string) member { return member{zip.FileHeader{Name: name}, []byte("x")} }

func TestForeignEntriesAreRefusedByName(t *testing.T) {
	c := open(t, smallRun(t, newKey(t)))
	link, folder, device := named("link"), named("key.pub"), named("key.pub")
	link.header.SetMode(fs.ModeSymlink | 0o777)
	folder.content = nil
	folder.header.SetMode(fs.ModeDir | 0o755)
	device.header.SetMode(fs.ModeDevice | 0o600)
	packed := named("report.json")
	packed.header.Method = zip.Store
	for _, tt := range []struct {
		name string
		add  member
		want string
	}{
		{"up", named("../report.json"), "../report.json: a path that leads out of its folder"},
		{"up in the middle", named("evidence/../../x"), "evidence/../../x: a path that leads out of its folder"},
		{"absolute", named("/etc/passwd"), "/etc/passwd: an absolute path"},
		{"backslash", named(`evidence\exchanges.jsonl`), `evidence\exchanges.jsonl: a name with a backslash`},
		{"drive", named("C:report.json"), "C:report.json: a path with a drive letter"},
		{"link", link, "link: a link"},
		{"folder", member{zip.FileHeader{Name: "evidence/"}, nil}, "evidence/: a folder"},
		{"folder by its mode", folder, "key.pub: a folder"},
		{"device", device, "key.pub: no regular file"},
		{"unknown", named("readme.txt"), "readme.txt: no entry of a bundle"},
		{"empty", named(""), ": no entry of a bundle"},
		{"two lines", named("x\nrun.zip: intact"), `"x\nrun.zip: intact": no entry of a bundle`},
		{"not compressed", packed, "report.json: compressed by method 0 instead of 8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			for place, data := range map[string][]byte{
				"first": zipped(t, "", append([]member{tt.add}, members(c)...)...),
				"alone": zipped(t, "", tt.add),
			} {
				if _, err := bundle.Verify("run.zip", data, nil); err == nil || err.Error() != "run.zip: "+tt.want {
					t.Errorf("%s: error %v", place, err)
				}
			}
		})
	}
}

func TestOnlyTheOneFormOfAnArchiveIsTaken(t *testing.T) {
	c := open(t, smallRun(t, newKey(t)))
	whole := must[[]byte](t)(bundle.Pack(c))
	if _, err := bundle.Verify("run.zip", whole, nil); err != nil {
		t.Fatalf("packed again in the right form: %v", err)
	}
	all := members(c)
	twice := append(append([]member{}, all...), all[1])
	timed := members(c)
	timed[2].header.Modified = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	extra := members(c)
	extra[0].header.Extra = []byte{0xfe, 0xca, 0, 0}
	for _, tt := range []struct {
		name string
		data []byte
		want string
	}{
		{"packed by another program", zipped(t, "", all...), "the archive is not as its entries make it"},
		{"an entry twice", zipped(t, "", twice...), "events.jsonl: the entry is there twice"},
		{"an entry missing", zipped(t, "", all[1:]...), "attestation.dsse.json: the entry is missing"},
		{"a time", zipped(t, "", timed...), "the archive is not as its entries make it"},
		{"an extra field", zipped(t, "", extra...), "the archive is not as its entries make it"},
		{"a comment", zipped(t, "hello", all...), "the archive is not as its entries make it"},
		{"data in front", append([]byte("#!/bin/sh\n"), whole...), "the archive is not as its entries make it"},
		{"data behind", append(bytes.Clone(whole), "\n"...), "the archive is not as its entries make it"},
		{"cut off", whole[:len(whole)-1], "it is no zip file, or it was cut off"},
		{"half", whole[:len(whole)/2], "it is no zip file, or it was cut off"},
		{"empty", nil, "it is no zip file, or it was cut off"},
		{"an empty archive", zipped(t, ""), "attestation.dsse.json: the entry is missing"},
		{"no zip", []byte("%PDF-1.7"), "it is no zip file, or it was cut off"},
	} {
		_, err := bundle.Verify("run.zip", tt.data, nil)
		if err == nil || !strings.HasPrefix(err.Error(), "run.zip: ") || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.want)
		}
	}
}

// A bomb: a few kilobytes that unpack to more than there may be. Its header may tell
// the truth or lie; either way it is refused before the memory is full.
func TestBombsAreNotUnpacked(t *testing.T) {
	c := open(t, smallRun(t, newKey(t)))
	c[bundle.EvidenceEntry] = make([]byte, 32<<20)
	honest := must[[]byte](t)(bundle.Pack(c))
	for _, tt := range []struct {
		name    string
		claimed uint32
		want    string
	}{
		{"it claims more than there may be", bundle.MaxUnpacked + 1, "evidence/exchanges.jsonl: the entries are larger than 1024 MiB together"},
		{"it claims the largest number", 0xfffffffe, "evidence/exchanges.jsonl: the entries are larger than 1024 MiB together"},
		{"it claims little", 10, "evidence/exchanges.jsonl: "},
		{"it claims too much", 33 << 20, "evidence/exchanges.jsonl: "},
	} {
		data := bytes.Clone(honest)
		claimSize(t, data, bundle.EvidenceEntry, tt.claimed)
		_, err := bundle.Verify("run.zip", data, nil)
		if err == nil || !strings.HasPrefix(err.Error(), "run.zip: "+tt.want) {
			t.Errorf("%s: error %v", tt.name, err)
		}
	}
}

// claimSize changes the size that the directory of an archive gives for an entry.
func claimSize(t testing.TB, data []byte, name string, size uint32) {
	t.Helper()
	at := bytes.LastIndex(data, []byte(name)) - 46
	if at < 0 || binary.LittleEndian.Uint32(data[at:]) != 0x02014b50 {
		t.Fatalf("no directory entry of %s", name)
	}
	binary.LittleEndian.PutUint32(data[at+24:], size)
}
