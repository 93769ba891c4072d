package bundle_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"hash/crc32"
	"slices"
	"time"

	"esconform/reports/bundle"
)

// byteManipulations change the file without regard to what it is.
func byteManipulations() []manipulation {
	at := func(w *workshop) int { return w.rnd.IntN(len(w.data)) }
	noise := func(w *workshop, n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(w.rnd.Uint32())
		}
		return b
	}
	return []manipulation{
		{name: "a bit flipped", make: func(w *workshop) []byte {
			data := bytes.Clone(w.data)
			data[at(w)] ^= 1 << w.rnd.IntN(8)
			return data
		}},
		{name: "a byte changed in the archive's headers", make: func(w *workshop) []byte {
			data := bytes.Clone(w.data)
			end := len(data) - 22
			directory := bytes.LastIndex(data[:end], []byte("PK\x01\x02"))
			data[directory+w.rnd.IntN(len(data)-directory)] ^= byte(1 + w.rnd.IntN(255))
			return data
		}},
		{name: "several bytes changed", make: func(w *workshop) []byte {
			data := bytes.Clone(w.data)
			for range 2 + w.rnd.IntN(20) {
				data[at(w)] ^= byte(1 + w.rnd.IntN(255))
			}
			return data
		}},
		{name: "bytes inserted", make: func(w *workshop) []byte {
			return slices.Insert(bytes.Clone(w.data), at(w), noise(w, 1+w.rnd.IntN(64))...)
		}},
		{name: "bytes deleted", make: func(w *workshop) []byte {
			i := at(w)
			return slices.Delete(bytes.Clone(w.data), i, min(len(w.data), i+1+w.rnd.IntN(64)))
		}},
		{name: "cut off", make: func(w *workshop) []byte { return w.data[:at(w)] }},
		{name: "data appended", make: func(w *workshop) []byte {
			return append(bytes.Clone(w.data), noise(w, 1+w.rnd.IntN(64))...)
		}},
		{name: "data in front", make: func(w *workshop) []byte {
			return append(noise(w, 1+w.rnd.IntN(64)), w.data...)
		}},
		{name: "another archive behind it", make: func(w *workshop) []byte {
			return append(bytes.Clone(w.data), zipped(w.t, "", members(w.other)...)...)
		}},
	}
}

// archiveManipulations leave the contents and change how they are packed.
func archiveManipulations() []manipulation {
	change := func(name string, f func(w *workshop, all []member) []member) manipulation {
		return manipulation{name: name, make: func(w *workshop) []byte { return raw(w, "", f(w, members(w.own))) }}
	}
	one := func(w *workshop, all []member) *member { return &all[w.rnd.IntN(len(all))] }
	return []manipulation{
		change("an entry removed", func(w *workshop, all []member) []member {
			i := w.rnd.IntN(len(all))
			return slices.Delete(all, i, i+1)
		}),
		change("an entry added", func(w *workshop, all []member) []member {
			name := pick(w, "readme.txt", "../report.json", "/report.json", "evidence/", "report.json ", "Report.json", `evidence\x`, "c:report.json", "manifest.json.sig")
			return slices.Insert(all, w.rnd.IntN(len(all)+1), member{zip.FileHeader{Name: name}, nil})
		}),
		change("an entry doubled", func(w *workshop, all []member) []member {
			return slices.Insert(all, w.rnd.IntN(len(all)+1), *one(w, all))
		}),
		change("the entries in another order", func(w *workshop, all []member) []member {
			i, j := w.rnd.IntN(len(all)), w.rnd.IntN(len(all)-1)
			if j >= i {
				j++
			}
			all[i], all[j] = all[j], all[i]
			return all
		}),
		change("an entry renamed", func(w *workshop, all []member) []member {
			one(w, all).header.Name = pick(w, "report2.json", "./report.json", "evidence/../report.json", "REPORT.JSON", "link")
			return all
		}),
		change("two entries with their names exchanged", func(w *workshop, all []member) []member {
			i := w.rnd.IntN(len(all) - 1)
			all[i].content, all[i+1].content = all[i+1].content, all[i].content
			return all
		}),
		change("a time set", func(w *workshop, all []member) []member {
			one(w, all).header.Modified = time.Unix(int64(1e9+w.rnd.IntN(1e9)), 0).UTC()
			return all
		}),
		change("a comment on an entry", func(w *workshop, all []member) []member {
			one(w, all).header.Comment = pick(w, "approved", "x", " ")
			return all
		}),
		change("an extra field", func(w *workshop, all []member) []member {
			one(w, all).header.Extra = []byte{0xfe, 0xca, 2, 0, byte(w.rnd.Uint32()), 0}
			return all
		}),
		change("attributes set", func(w *workshop, all []member) []member {
			h := &one(w, all).header
			h.CreatorVersion, h.ExternalAttrs = pick[uint16](w, 3<<8, 20, 0x314), 1+w.rnd.Uint32N(1<<31)
			return all
		}),
		change("another method of compression", func(w *workshop, all []member) []member {
			h := &one(w, all).header
			h.Method = zip.Deflate - h.Method
			return all
		}),
		change("packed again", func(w *workshop, all []member) []member { return all }),
		{name: "a comment on the archive", make: func(w *workshop) []byte { return raw(w, pick(w, "approved", "x"), members(w.own)) }},
		{name: "compressed at another level, in the right form", make: func(w *workshop) []byte {
			name := pick(w, bundle.EventsEntry, bundle.EvidenceEntry, bundle.ReportEntry) // the others are as small at each level
			return must[[]byte](w.t)(bundle.PackRaw(w.own, name, deflate(w, w.own[name], pick(w, 0, 1, 9))))
		}},
		{name: "compressed data with more behind its end, in the right form", make: func(w *workshop) []byte {
			name := pick(w, bundle.EventsEntry, bundle.EvidenceEntry, bundle.ProfileEntry, bundle.ReportEntry)
			return must[[]byte](w.t)(bundle.PackRaw(w.own, name, append(deflate(w, w.own[name], flate.DefaultCompression), byte(w.rnd.Uint32()))))
		}},
	}
}

// raw writes an archive whose headers are the same as ours where nothing is changed:
// sizes stand in front and not behind.
func raw(w *workshop, comment string, all []member) []byte {
	w.t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, m := range all {
		h, packed := m.header, m.content
		if h.Method == zip.Deflate {
			packed = deflate(w, m.content, flate.DefaultCompression)
		}
		h.CRC32, h.CompressedSize64, h.UncompressedSize64 = crc32.ChecksumIEEE(m.content), uint64(len(packed)), uint64(len(m.content))
		f, err := z.CreateRaw(&h)
		if err == nil {
			_, err = f.Write(packed)
		}
		if err != nil {
			w.t.Fatal(err)
		}
	}
	if err := z.SetComment(comment); err != nil {
		w.t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		w.t.Fatal(err)
	}
	return out.Bytes()
}

func deflate(w *workshop, content []byte, level int) []byte {
	w.t.Helper()
	var out bytes.Buffer
	f := must[*flate.Writer](w.t)(flate.NewWriter(&out, level))
	if _, err := f.Write(content); err != nil {
		w.t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		w.t.Fatal(err)
	}
	return out.Bytes()
}
