package bundle_test

import (
	"bytes"
	"crypto/ed25519"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"esconform/reports/bundle"
)

// workshop is what a forger has: two bundles that were signed with the certifier's
// key, and a key of his own.
type workshop struct {
	t          testing.TB
	rnd        *rand.Rand
	data       []byte          // of the first bundle
	own, other bundle.Contents // of both
	certifier  ed25519.PrivateKey
	forger     ed25519.PrivateKey
}

// manipulation is a way to change a bundle. Each draws its places from the workshop's
// random numbers.
type manipulation struct {
	name string
	make func(w *workshop) []byte
	// sound says that only the key gives the forgery away: without it the bundle is
	// intact.
	sound bool
}

// manipulations are all ways, those of the other files included.
func manipulations() []manipulation {
	var all []manipulation
	all = append(all, byteManipulations()...)
	all = append(all, archiveManipulations()...)
	all = append(all, contentManipulations()...)
	return append(all, signatureManipulations()...)
}

// count is how many manipulations are made: ESCONFORM_MANIPULATIONS, or 200.
func count(t *testing.T) int {
	text := os.Getenv("ESCONFORM_MANIPULATIONS")
	if text == "" {
		return 200
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		t.Fatalf("ESCONFORM_MANIPULATIONS=%s is no number of manipulations", text)
	}
	return n
}

// A certifier who has the signer's public key finds every change. The places are drawn
// from the number of the manipulation, which a failure names.
func TestEveryManipulationIsDetected(t *testing.T) {
	key := newKey(t)
	selection := []string{"--sandbox-deviate", deviation, "--only", "imses/person/relationships/un**"}
	w := &workshop{t: t, data: sandboxRun(t, key, selection...), certifier: key, forger: newKey(t)}
	second := sandboxRun(t, key, selection...)
	w.own, w.other = open(t, w.data), open(t, second)
	for name, data := range map[string][]byte{"first": w.data, "second": second} {
		b, err := bundle.Verify(name, data, public(key))
		if err != nil {
			t.Fatalf("the %s bundle is not intact: %v", name, err)
		}
		t.Logf("the %s bundle: %d bytes, %d cases, %d exchanges", name, len(data), b.Report.Counts.Total, len(b.Manifest.Exchanges))
	}
	began := time.Now()
	all := manipulations()
	tally := make([]int, len(all))
	for i := range count(t) {
		w.rnd = rand.New(rand.NewPCG(1, uint64(i)))
		kind := i % len(all)
		if !detected(t, w, all[kind], i) {
			continue
		}
		tally[kind]++
	}
	total := 0
	for i, m := range all {
		t.Logf("%6d detected: %s", tally[i], m.name)
		total += tally[i]
	}
	if total != count(t) {
		t.Errorf("%d of %d manipulations were detected", total, count(t))
	}
	t.Logf("%d of %d manipulations were detected in %s", total, count(t), time.Since(began).Round(time.Second))
}

// detected makes one manipulation and says whether it was found.
func detected(t *testing.T, w *workshop, m manipulation, number int) bool {
	data := m.make(w)
	if bytes.Equal(data, w.data) {
		t.Errorf("number %d (%s) changed nothing", number, m.name)
		return false
	}
	_, err := bundle.Verify("run.zip", data, public(w.certifier))
	if err == nil {
		t.Errorf("number %d (%s) was not detected", number, m.name)
		return false
	}
	if !strings.HasPrefix(err.Error(), "run.zip: ") {
		t.Errorf("number %d (%s): the error does not name the file: %v", number, m.name, err)
	}
	if m.sound {
		if _, err := bundle.Verify("run.zip", data, nil); err != nil {
			t.Errorf("number %d (%s) is a clumsy forgery: %v", number, m.name, err)
		}
	}
	return true
}

// pick returns one of a list.
func pick[T any](w *workshop, list ...T) T { return list[w.rnd.IntN(len(list))] }

// forge seals contents with a key, whatever they are.
func (w *workshop) forge(c bundle.Contents, key ed25519.PrivateKey) []byte {
	w.t.Helper()
	return must[[]byte](w.t)(bundle.Forge(c, key))
}

// pack packs contents as they are.
func (w *workshop) pack(c bundle.Contents) []byte {
	w.t.Helper()
	return must[[]byte](w.t)(bundle.Pack(c))
}
