package bundle

import (
	"bytes"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
)

// VersionError says that a bundle was made by a program of another version than this
// one can read.
type VersionError struct{ Name, Version string }

// Error names the versions.
func (e *VersionError) Error() string {
	return fmt.Sprintf("%s: %s: schemaVersion %q: this program reads %q; use the esconform that made it, or a newer one", e.Name, ManifestEntry, e.Version, SchemaVersion)
}

// Verify checks the bytes of a bundle and returns what it holds. name is the file's
// name for errors, which name the entry and, for files of lines, the line. With a key
// the bundle must have been signed with it; a nil key shows only that nothing was
// changed since somebody signed it with the key that is in it. It needs no network
// and keeps nothing.
func Verify(name string, data []byte, key ed25519.PublicKey) (Bundle, error) {
	entries, err := unpack(data)
	if err != nil {
		return Bundle{}, fmt.Errorf("%s: %w", name, err)
	}
	manifest, err := readManifest(name, entries[ManifestEntry].content)
	if err != nil {
		return Bundle{}, err
	}
	b, err := verify(entries, manifest, key)
	if err != nil {
		return Bundle{}, fmt.Errorf("%s: %w", name, err)
	}
	return b, nil
}

func readManifest(name string, data []byte) (Manifest, error) {
	var version struct {
		SchemaVersion string `json:"schemaVersion"`
	}
	if err := json.Unmarshal(data, &version); err != nil {
		return Manifest{}, fmt.Errorf("%s: %s: read its JSON: %w", name, ManifestEntry, err)
	}
	if version.SchemaVersion != SchemaVersion {
		return Manifest{}, &VersionError{name, version.SchemaVersion}
	}
	var m Manifest
	if err := decode(data, &m); err != nil {
		return Manifest{}, fmt.Errorf("%s: %s: %w", name, ManifestEntry, err)
	}
	return m, nil
}

// verify goes from the signature to what was signed: statement, manifest, files, and
// what the files say.
func verify(entries map[string]entry, manifest Manifest, key ed25519.PublicKey) (Bundle, error) {
	signer, err := readKey(entries[KeyEntry].content, key)
	if err != nil {
		return Bundle{}, fmt.Errorf("%s: %w", KeyEntry, err)
	}
	statement, err := open(entries[AttestationEntry].content, signer)
	if err != nil {
		return Bundle{}, fmt.Errorf("%s: %w", AttestationEntry, err)
	}
	if err := checkSubject(statement, entries[ManifestEntry].content); err != nil {
		return Bundle{}, fmt.Errorf("%s: %w", AttestationEntry, err)
	}
	if err := manifest.checkFiles(entries); err != nil {
		return Bundle{}, err
	}
	files := map[string][]byte{}
	for name, e := range entries {
		files[name] = e.content
	}
	r, err := readRun(files)
	if err != nil {
		return Bundle{}, err
	}
	if err := manifest.check(entries, r); err != nil {
		return Bundle{}, err
	}
	if err := checkStatement(statement, r, files, manifest); err != nil {
		return Bundle{}, fmt.Errorf("%s: %w", AttestationEntry, err)
	}
	b := Bundle{Report: r.report, Manifest: manifest, Evidence: files[EvidenceEntry], Key: signer}
	return b, decode(files[ProfileEntry], &b.Profile)
}

// readKey reads the key in the bundle, which is the one that was given if there is
// one.
func readKey(data []byte, given ed25519.PublicKey) (ed25519.PublicKey, error) {
	key, err := ParsePublicKey(data)
	if err != nil {
		return nil, err
	}
	written, err := MarshalPublicKey(key)
	if err != nil {
		return nil, err
	}
	if !bytes.Equal(written, data) {
		return nil, errors.New("it is not written as esconform does: there may be text beside the key")
	}
	if given != nil && !key.Equal(given) {
		found, err := KeyID(key)
		if err != nil {
			return nil, err
		}
		wanted, err := KeyID(given)
		if err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("the bundle was signed with another key: with %s, and not with %s", found, wanted)
	}
	return key, nil
}

// checkSubject says whether the manifest is the one that was signed, before any of
// it is believed.
func checkSubject(statement, manifest []byte) error {
	var s struct {
		Subject []struct {
			Name   string            `json:"name"`
			Digest map[string]string `json:"digest"`
		} `json:"subject"`
	}
	if err := json.Unmarshal(statement, &s); err != nil {
		return fmt.Errorf("read the statement: %w", err)
	}
	for _, subject := range s.Subject {
		if subject.Name == ManifestEntry && subject.Digest["sha256"] == digest(manifest) {
			return nil
		}
	}
	return fmt.Errorf("%s is not the file that was signed: one of the two was changed", ManifestEntry)
}

// checkStatement compares the statement that was signed with the one that the report
// and the manifest make.
func checkStatement(statement []byte, r run, files map[string][]byte, m Manifest) error {
	want, err := newStatement(r, files[ProfileEntry], files[ManifestEntry], claims{m.Suite, m.Binary})
	if err != nil {
		return err
	}
	if !bytes.Equal(want, statement) {
		return fmt.Errorf("the statement does not say what %s and %s say", ReportEntry, ManifestEntry)
	}
	return nil
}
