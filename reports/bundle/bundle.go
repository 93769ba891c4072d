// Package bundle makes and checks certification bundles: one file that holds the
// reports of a run, everything that was sent and received in it, and a signature
// over all of that. README.md beside this file says what a bundle proves and what it
// cannot prove.
//
// A bundle has one form only. Whatever is in it follows from other parts of it or is
// signed: the archive's headers from its entries, the entries from the manifest, the
// manifest from the statement, and the statement is signed. So every byte counts, and
// no change stays unseen.
package bundle

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"esconform/reports"
)

// The entries of a bundle, all of them, in the order in which they stand in it.
const (
	AttestationEntry = "attestation.dsse.json" // the signed statement
	EventsEntry      = "events.jsonl"
	EvidenceEntry    = "evidence/exchanges.jsonl"
	KeyEntry         = "key.pub" // of the signer
	ManifestEntry    = "manifest.json"
	ProfileEntry     = "profile.json"
	ReportEntry      = "report.json"
)

// entryNames lists the entries in their order.
func entryNames() []string {
	return []string{AttestationEntry, EventsEntry, EvidenceEntry, KeyEntry, ManifestEntry, ProfileEntry, ReportEntry}
}

// Input is what a bundle is made of. Report, Events and Evidence are the contents of
// the files that one run has written.
type Input struct {
	Report, Events, Evidence []byte
	Profile                  Profile
	Suite                    Suite
	Binary                   Binary
	Key                      ed25519.PrivateKey
}

// Bundle is a bundle that was found intact.
type Bundle struct {
	Report   reports.Report
	Manifest Manifest
	Profile  Profile
	Evidence []byte            // the log of the exchanges
	Key      ed25519.PublicKey // that signed it
}

// Make makes the bundle of a run. It is pure: the same input gives the same bytes
// with the same program. Errors: files that do not belong together, such as the
// evidence of another run; a bundle larger than Verify would take.
func Make(in Input) ([]byte, error) {
	if len(in.Key) != ed25519.PrivateKeySize {
		return nil, errors.New("make bundle: there is no key to sign it with")
	}
	profile, err := encode(in.Profile)
	if err != nil {
		return nil, fmt.Errorf("make bundle: %w", err)
	}
	key, err := MarshalPublicKey(in.Key.Public().(ed25519.PublicKey))
	if err != nil {
		return nil, fmt.Errorf("make bundle: %w", err)
	}
	files := map[string][]byte{EventsEntry: in.Events, EvidenceEntry: in.Evidence, KeyEntry: key, ProfileEntry: profile, ReportEntry: in.Report}
	run, err := readRun(files)
	if err != nil {
		return nil, fmt.Errorf("make bundle: %w", err)
	}
	data, err := seal(files, run, claims{in.Suite, in.Binary}, in.Key)
	if err != nil {
		return nil, fmt.Errorf("make bundle: %w", err)
	}
	return data, nil
}

// seal adds manifest and attestation to the files and packs them.
func seal(files map[string][]byte, r run, c claims, key ed25519.PrivateKey) ([]byte, error) {
	entries := map[string]entry{}
	for name, content := range files {
		packed, err := compress(name, content)
		if err != nil {
			return nil, err
		}
		entries[name] = packed
	}
	manifest, err := encode(newManifest(entries, r, c))
	if err != nil {
		return nil, err
	}
	statement, err := newStatement(r, files[ProfileEntry], manifest, c)
	if err != nil {
		return nil, err
	}
	attestation, err := sign(statement, key)
	if err != nil {
		return nil, err
	}
	for name, content := range map[string][]byte{ManifestEntry: manifest, AttestationEntry: attestation} {
		if entries[name], err = compress(name, content); err != nil {
			return nil, err
		}
	}
	data := pack(entries)
	return data, withinLimits(data, entries)
}

// digest is the SHA-256 of data, in hexadecimal digits.
func digest(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
