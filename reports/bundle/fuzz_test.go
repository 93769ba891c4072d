package bundle_test

import (
	"slices"
	"testing"

	"esconform/reports/bundle"
)

// splice replaces a part of a text.
func splice(text []byte, at, cut uint32, insert []byte) []byte {
	from := int(at) % (len(text) + 1)
	to := from + int(cut)%(len(text)-from+1)
	return slices.Concat(text[:from], insert, text[to:])
}

// FuzzVerify changes a bundle somewhere: nothing but an error may come of it.
func FuzzVerify(f *testing.F) {
	key := newKey(f)
	data := smallRun(f, key)
	f.Add(uint32(0), uint32(0), []byte("PK\x03\x04"))
	f.Add(uint32(len(data)-22), uint32(4), []byte("PK\x05\x06"))
	f.Add(uint32(len(data)/2), uint32(len(data)/4), []byte{})
	f.Fuzz(func(t *testing.T, at, cut uint32, insert []byte) {
		changed := splice(data, at, cut, insert)
		if _, err := bundle.Verify("run.zip", changed, public(key)); err == nil && string(changed) != string(data) {
			t.Error("a changed bundle is said to be intact")
		}
	})
}

// FuzzSigned changes one file of a bundle somewhere, and signs all again. Whoever holds
// the key can make such a bundle: whatever is in it, Verify ends, and what it returns
// can be judged by its report.
func FuzzSigned(f *testing.F) {
	key := newKey(f)
	bundled := smallRun(f, key)
	c, run := open(f, bundled), must[bundle.Bundle](f)(bundle.Verify("run.zip", bundled, nil)).Report.RunID
	names := []string{bundle.EventsEntry, bundle.EvidenceEntry, bundle.ProfileEntry, bundle.ReportEntry}
	for i := range names {
		for _, insert := range []string{" ", `"case":"x","runId":"x","name":"x",`, `"Case":"x","RunId":"x",`, "\n", `\ufffd`} {
			f.Add(uint8(i), uint32(1), uint32(0), []byte(insert))
		}
		f.Add(uint8(i), uint32(len(c[names[i]])), uint32(0), []byte("\n"))
		f.Add(uint8(i), uint32(len(c[names[i]])/2), uint32(1), []byte{0xff})
	}
	f.Fuzz(func(t *testing.T, which uint8, at, cut uint32, insert []byte) {
		name := names[int(which)%len(names)]
		changed := splice(c[name], at, cut, insert)
		data, err := bundle.Forge(with(c, bundle.Contents{name: changed}), key)
		if err != nil {
			return // no statement can be made about it
		}
		b, err := bundle.Verify("run.zip", data, public(key))
		if err == nil && (b.Report.RunID != run || !b.Key.Equal(public(key))) {
			t.Errorf("%s was changed at %d: the bundle is intact, and of run %q", name, at, b.Report.RunID)
		}
	})
}
