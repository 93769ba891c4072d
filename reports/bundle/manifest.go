package bundle

import (
	"bytes"
	"fmt"
	"strings"

	"esconform/runner/evidence"
)

// SchemaVersion is the version of the form of a bundle.
const SchemaVersion = "1.0"

// Manifest lists what a bundle holds and what made it, with the digest of each.
// Digests are SHA-256 in hexadecimal digits.
type Manifest struct {
	SchemaVersion string `json:"schemaVersion"`
	RunID         string `json:"runId"`
	// Files are those of the bundle, in their order, but for the manifest itself and
	// the attestation, which holds the manifest's digest.
	Files  []File `json:"files"`
	Suite  Suite  `json:"suite"`
	Binary Binary `json:"binary"`
	Engine string `json:"engine"` // the XSD engine
	// Recording says what was taken out of the messages before they were recorded.
	Recording string `json:"recording"`
	// Exchanges are all that were recorded, in the order in which they ended.
	Exchanges []Exchange `json:"exchanges"`
}

// File is a file of the bundle.
type File struct {
	Path   string `json:"path"`
	Size   int    `json:"size"`
	SHA256 string `json:"sha256"`
	Packed Packed `json:"packed"`
}

// Packed is a file as it stands in the archive, compressed. One content can be
// compressed in many ways; this fixes one.
type Packed struct {
	Size   int    `json:"size"`
	SHA256 string `json:"sha256"`
}

// Suite is what the run was judged by: scenarios, messages and requirements.
type Suite struct {
	Version string    `json:"version"` // as in the report
	SHA256  string    `json:"sha256"`  // of the list of the files, as SuiteDigest makes it
	Files   []Fixture `json:"files"`
}

// Fixture is a file of the suite.
type Fixture struct {
	Origin string `json:"origin"` // built-in, or added by --fixtures
	Path   string `json:"path"`
	Size   int    `json:"size"`
	SHA256 string `json:"sha256"`
}

// The origins of fixtures.
const (
	BuiltIn = "built-in"
	Added   = "added"
)

// SuiteDigest is the digest of a list of fixtures, each a line as sha256sum prints it:
// digest, two spaces, origin, slash, path.
func SuiteDigest(files []Fixture) string {
	var lines strings.Builder
	for _, f := range files {
		fmt.Fprintf(&lines, "%s  %s/%s\n", f.SHA256, f.Origin, f.Path)
	}
	return digest([]byte(lines.String()))
}

// Binary is the program that made the run.
type Binary struct {
	Version  string `json:"version"`
	Go       string `json:"go"`
	Platform string `json:"platform"` // system/processor
	Size     int64  `json:"size"`
	SHA256   string `json:"sha256"`
}

// Exchange is a request and its response as they were recorded. A digest is empty
// when there was no such message.
type Exchange struct {
	Case     string `json:"case"`
	Step     int    `json:"step"` // 1-based; 0 for what was made first, -1 for a probe
	Request  string `json:"request,omitempty"`
	Response string `json:"response,omitempty"`
}

// recording is the sentence of every manifest about what was recorded.
const recording = "Messages are recorded as they were sent and received, with two exceptions: secrets (passwords, digests, nonces, tokens) " +
	"are replaced, and objects of others are cut from lists. The digests are those of the recorded bytes. Digests of the bytes on the wire would let " +
	"a password be guessed."

// claims are what of a manifest follows from nothing else in the bundle: its maker
// says so.
type claims struct {
	suite  Suite
	binary Binary
}

func newManifest(entries map[string]entry, r run, c claims) Manifest {
	m := Manifest{SchemaVersion: SchemaVersion, RunID: r.report.RunID, Suite: c.suite, Binary: c.binary, Engine: r.report.Engine,
		Recording: recording, Files: []File{}, Exchanges: r.exchanges}
	for _, name := range entryNames() {
		if e, there := entries[name]; there && methodOf(name) == deflated {
			m.Files = append(m.Files, File{Path: name, Size: len(e.content), SHA256: digest(e.content), Packed: Packed{len(e.raw), digest(e.raw)}})
		}
	}
	return m
}

// exchange is the manifest's line for a recorded exchange.
func exchange(caseID string, x evidence.Exchange) Exchange {
	e := Exchange{Case: caseID, Step: x.Step + 1}
	if x.Request != nil {
		e.Request = digest(x.Request)
	}
	if x.Response != nil {
		e.Response = digest(x.Response)
	}
	return e
}

// check compares a manifest that was read with the one that the rest of the bundle
// makes.
func (m Manifest) check(entries map[string]entry, r run) error {
	want := newManifest(entries, r, claims{m.Suite, m.Binary})
	if want.RunID != m.RunID {
		return fmt.Errorf("%s: it is of run %s, and %s of run %s", ManifestEntry, m.RunID, ReportEntry, want.RunID)
	}
	if m.Suite.Version != r.report.SuiteVersion {
		return fmt.Errorf("%s: the suite is %q, and %s names %q", ManifestEntry, m.Suite.Version, ReportEntry, r.report.SuiteVersion)
	}
	if found := SuiteDigest(m.Suite.Files); found != m.Suite.SHA256 {
		return fmt.Errorf("%s: the digest of the suite is %s, and its files make %s", ManifestEntry, m.Suite.SHA256, found)
	}
	if err := m.checkExchanges(r); err != nil {
		return err
	}
	again, err := encode(want)
	if err != nil {
		return err
	}
	said, err := encode(m)
	if err != nil {
		return err
	}
	if !bytes.Equal(again, said) {
		return fmt.Errorf("%s: it does not follow from the other entries", ManifestEntry)
	}
	if err := checkForm(entries[ManifestEntry].content, said); err != nil {
		return fmt.Errorf("%s: %w", ManifestEntry, err)
	}
	return nil
}

// checkFiles compares the digests of the files.
func (m Manifest) checkFiles(entries map[string]entry) error {
	listed := map[string]bool{}
	for _, f := range m.Files {
		e, there := entries[f.Path]
		if !there || listed[f.Path] {
			return fmt.Errorf("%s: it lists %q, which is not there, or twice", ManifestEntry, f.Path)
		}
		listed[f.Path] = true
		if digest(e.content) != f.SHA256 || len(e.content) != f.Size || digest(e.raw) != f.Packed.SHA256 || len(e.raw) != f.Packed.Size {
			return fmt.Errorf("%s%s: it is not the file that %s lists: it was changed", f.Path, m.place(f.Path, e.content), ManifestEntry)
		}
	}
	for name := range entries {
		if methodOf(name) == deflated && !listed[name] {
			return fmt.Errorf("%s: %s does not list it", name, ManifestEntry)
		}
	}
	return nil
}

// place is the first line of changed evidence, as :line; empty when it cannot be told.
func (m Manifest) place(name string, content []byte) string {
	if name != EvidenceEntry {
		return ""
	}
	n := 0
	for l, err := range evidence.Scan(bytes.NewReader(content), name) {
		if err != nil {
			return ""
		}
		if l.Exchange == nil {
			continue
		}
		if n >= len(m.Exchanges) || exchange(l.Case, *l.Exchange) != m.Exchanges[n] {
			return fmt.Sprintf(":%d", l.Line)
		}
		n++
	}
	return ""
}

func (m Manifest) checkExchanges(r run) error {
	for i, x := range r.exchanges {
		if i >= len(m.Exchanges) || m.Exchanges[i] != x {
			return fmt.Errorf("%s:%d: the exchange (case %s, step %d) is not number %d of those that %s lists", EvidenceEntry, r.lines[i], x.Case, x.Step, i+1, ManifestEntry)
		}
	}
	if n := len(r.exchanges); n != len(m.Exchanges) {
		return fmt.Errorf("%s: it lists %d exchanges, and %s holds %d", ManifestEntry, len(m.Exchanges), EvidenceEntry, n)
	}
	return nil
}
