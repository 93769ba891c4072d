package bundle

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"

	"esconform/reports"
	"esconform/runner/evidence"
)

// Contents are the contents of a bundle's entries.
type Contents map[string][]byte

// Names are the entries of a bundle.
var Names = entryNames

// Open takes a bundle apart.
func Open(data []byte) (Contents, error) {
	entries, err := unpack(data)
	c := Contents{}
	for name, e := range entries {
		c[name] = e.content
	}
	return c, err
}

// Pack puts contents into an archive of the right form, whatever they are.
func Pack(c Contents) ([]byte, error) {
	entries, err := compressed(c)
	if err != nil {
		return nil, err
	}
	return pack(entries), nil
}

func compressed(c Contents) (map[string]entry, error) {
	entries := map[string]entry{}
	for name, content := range c {
		e, err := compress(name, content)
		if err != nil {
			return nil, err
		}
		entries[name] = e
	}
	return entries, nil
}

// Relist gives contents a manifest with the digests that they have, and whatever it
// can find out about the run; the attestation stays.
func Relist(c Contents) (Contents, error) {
	entries, err := compressed(c)
	if err != nil {
		return nil, err
	}
	manifest, err := encode(newManifest(entries, looseRun(c), claimsOf(c)))
	again := Contents{}
	for name, content := range c {
		again[name] = content
	}
	again[ManifestEntry] = manifest
	return again, err
}

// Forge makes a bundle of contents with new manifest, statement and signature, and
// asks nothing: what a signer could do whose program does not check anything.
func Forge(c Contents, key ed25519.PrivateKey) ([]byte, error) {
	public, err := MarshalPublicKey(key.Public().(ed25519.PublicKey))
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{KeyEntry: public}
	for _, name := range []string{EventsEntry, EvidenceEntry, ProfileEntry, ReportEntry} {
		files[name] = c[name]
	}
	return seal(files, looseRun(c), claimsOf(c), key)
}

// Fits says whether the files of a run belong together.
func Fits(c Contents) error {
	_, err := readRun(c)
	return err
}

// Sign puts a statement into an envelope.
var Sign = sign

func looseRun(c Contents) run {
	r := run{exchanges: []Exchange{}}
	_ = json.Unmarshal(c[ReportEntry], &r.report)
	for l, err := range evidence.Scan(bytes.NewReader(c[EvidenceEntry]), EvidenceEntry) {
		if err == nil && l.Exchange != nil {
			r.exchanges = append(r.exchanges, exchange(l.Case, *l.Exchange))
		}
	}
	return r
}

func claimsOf(c Contents) claims {
	var m Manifest
	_ = json.Unmarshal(c[ManifestEntry], &m)
	return claims{m.Suite, m.Binary}
}

// Digest is the digest of data.
var Digest = digest

// Predicate gives the result and the lengths of the lists of the predicate.
func Predicate(r reports.Report) (result string, passed, warned, failed int) {
	p := newPredicate(r, nil, claims{})
	return p.Result, len(p.PassedTests), len(p.WarnedTests), len(p.FailedTests)
}

// PackRaw is Pack with other compressed bytes for one entry.
func PackRaw(c Contents, name string, raw []byte) ([]byte, error) {
	entries := map[string]entry{}
	for n, content := range c {
		e, err := compress(n, content)
		if err != nil {
			return nil, err
		}
		entries[n] = e
	}
	entries[name] = entry{c[name], raw}
	return pack(entries), nil
}
