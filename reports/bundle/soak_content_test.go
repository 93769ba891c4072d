package bundle_test

import (
	"bytes"
	"path/filepath"
	"slices"
	"testing"

	"esconform/reports"
	"esconform/reports/bundle"
	"esconform/reports/jsonl"
)

// files are the entries that tell of the run.
func files() []string {
	return []string{bundle.EventsEntry, bundle.EvidenceEntry, bundle.ProfileEntry, bundle.ReportEntry}
}

// contentManipulations change what the entries say; the archive is of the right form.
func contentManipulations() []manipulation {
	return []manipulation{
		{name: "a byte of an entry changed", make: func(w *workshop) []byte { return w.pack(edited(w, pick(w, bundle.Names()...))) }},
		{name: "a byte of a file changed, and the manifest to fit", make: func(w *workshop) []byte {
			return w.pack(must[bundle.Contents](w.t)(bundle.Relist(edited(w, pick(w, files()...)))))
		}},
		{name: "a line of evidence or events removed, doubled or moved", make: func(w *workshop) []byte { return w.pack(reordered(w)) }},
		{name: "the same, and the manifest to fit", make: func(w *workshop) []byte {
			return w.pack(must[bundle.Contents](w.t)(bundle.Relist(reordered(w))))
		}},
		{name: "the same, and signed with another key", make: func(w *workshop) []byte { return w.forge(reordered(w), w.forger) }},
		{name: "files of another run of the same key", make: func(w *workshop) []byte { return w.pack(mixed(w, bundle.Names())) }},
		{name: "the same, and the manifest to fit", make: func(w *workshop) []byte {
			return w.pack(must[bundle.Contents](w.t)(bundle.Relist(mixed(w, files()))))
		}},
		{name: "the same, and signed with the same key", make: func(w *workshop) []byte { return w.forge(mixed(w, files()), w.certifier) }},
		{name: "another verdict in report and events, and signed with another key", sound: true, make: func(w *workshop) []byte { return w.forge(whitewashed(w), w.forger) }},
		{name: "another verdict in report and events, and the manifest to fit", make: func(w *workshop) []byte {
			return w.pack(must[bundle.Contents](w.t)(bundle.Relist(whitewashed(w))))
		}},
		{name: "a message of the evidence edited, and signed with another key", sound: true, make: func(w *workshop) []byte { return w.forge(retold(w), w.forger) }},
		{name: "a message of the evidence edited, and the manifest to fit", make: func(w *workshop) []byte {
			return w.pack(must[bundle.Contents](w.t)(bundle.Relist(retold(w))))
		}},
	}
}

// edited changes one byte of an entry.
func edited(w *workshop, name string) bundle.Contents {
	content := bytes.Clone(w.own[name])
	content[w.rnd.IntN(len(content))] ^= byte(1 + w.rnd.IntN(255))
	return with(w.own, bundle.Contents{name: content})
}

// reordered removes, doubles or moves a line.
func reordered(w *workshop) bundle.Contents {
	name := pick(w, bundle.EvidenceEntry, bundle.EventsEntry)
	lines := bytes.SplitAfter(w.own[name], []byte("\n"))
	lines = lines[:len(lines)-1]
	i := w.rnd.IntN(len(lines))
	line := lines[i]
	switch w.rnd.IntN(3) {
	case 0:
		lines = slices.Delete(slices.Clone(lines), i, i+1)
	case 1:
		lines = slices.Insert(slices.Clone(lines), w.rnd.IntN(len(lines)+1), line)
	default:
		lines = slices.Delete(slices.Clone(lines), i, i+1)
		j := w.rnd.IntN(len(lines))
		if j >= i {
			j++
		}
		lines = slices.Insert(lines, j, line)
	}
	return with(w.own, bundle.Contents{name: bytes.Join(lines, nil)})
}

// mixed takes some of the named entries from the other run, not all, and none that
// is the same in both.
func mixed(w *workshop, names []string) bundle.Contents {
	var differing []string
	for _, name := range names {
		if !bytes.Equal(w.own[name], w.other[name]) {
			differing = append(differing, name)
		}
	}
	taken := 1 + w.rnd.IntN(len(differing)-1)
	again := with(w.own, nil)
	for _, i := range w.rnd.Perm(len(differing))[:taken] {
		again[differing[i]] = w.other[differing[i]]
	}
	return again
}

// whitewashed gives one case another verdict, everywhere where it stands.
func whitewashed(w *workshop) bundle.Contents {
	report := must[reports.Report](w.t)(jsonl.ParseReport(w.own[bundle.ReportEntry], "report.json"))
	results := slices.Clone(report.Scenarios)
	r := &results[w.rnd.IntN(len(results))]
	if r.Verdict == reports.Passed {
		r.Verdict, r.Reason = reports.Warned, "edited"
	} else {
		r.Verdict, r.Findings = reports.Passed, nil
	}
	report.Scenarios = results
	report = reports.Summarise(report)
	var text bytes.Buffer
	if err := jsonl.Report(&text, report); err != nil {
		w.t.Fatal(err)
	}
	return with(w.own, bundle.Contents{bundle.ReportEntry: text.Bytes(), bundle.EventsEntry: events(w.t, report)})
}

// retold changes a letter in a recorded message, so that all else still fits.
func retold(w *workshop) bundle.Contents {
	lines := bytes.SplitAfter(bytes.Clone(w.own[bundle.EvidenceEntry]), []byte("\n"))
	for {
		line := lines[w.rnd.IntN(len(lines))]
		at := bytes.Index(line, []byte(`"response":"`))
		if at < 0 {
			continue
		}
		at += len(`"response":"`)
		if i := at + w.rnd.IntN(len(line)-at); letter(line[i]) && line[i-1] != '\\' && bytes.IndexByte(line[at:i], '"') < 0 {
			line[i] ^= 0x20 // the other case
			return with(w.own, bundle.Contents{bundle.EvidenceEntry: bytes.Join(lines, nil)})
		}
	}
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// events writes the events of a report.
func events(t testing.TB, report reports.Report) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "events.jsonl")
	w := must[*jsonl.Writer](t)(jsonl.Create(path, jsonl.HeaderOf(report, report.Scenarios)))
	for _, r := range report.Scenarios {
		if err := w.Append(r); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Finish(jsonl.FooterOf(report)); err != nil {
		t.Fatal(err)
	}
	return read(t, path)
}
