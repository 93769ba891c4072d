package bundle_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"strings"
	"testing"

	"esconform/reports/bundle"
)

func TestKeysReadBackAndAreNamedByTheirDigest(t *testing.T) {
	key := newKey(t)
	private := must[[]byte](t)(bundle.MarshalPrivateKey(key))
	if got, err := bundle.ParsePrivateKey(private); err != nil || !got.Equal(key) {
		t.Errorf("private key: %v", err)
	}
	pub := must[[]byte](t)(bundle.MarshalPublicKey(public(key)))
	if got, err := bundle.ParsePublicKey(pub); err != nil || !got.Equal(public(key)) {
		t.Errorf("public key: %v", err)
	}
	block, _ := pem.Decode(pub)
	sum := sha256.Sum256(block.Bytes)
	if id, err := bundle.KeyID(public(key)); err != nil || id != hex.EncodeToString(sum[:]) {
		t.Errorf("id %s: %v", id, err)
	}
}

func TestFilesThatAreNoKeysAreRefused(t *testing.T) {
	key := newKey(t)
	private := must[[]byte](t)(bundle.MarshalPrivateKey(key))
	pub := must[[]byte](t)(bundle.MarshalPublicKey(public(key)))
	other := must[*ecdsa.PrivateKey](t)(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	otherDER := must[[]byte](t)(x509.MarshalPKCS8PrivateKey(other))
	otherPub := must[[]byte](t)(x509.MarshalPKIXPublicKey(other.Public()))
	asPrivate := func(der []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	}
	for _, tt := range []struct {
		name    string
		data    []byte
		private bool
		want    string
	}{
		{"nothing", nil, true, `there is no PEM block "PRIVATE KEY" in it`},
		{"text", []byte("secret"), false, `there is no PEM block "PUBLIC KEY" in it`},
		{"a public key to sign with", pub, true, `it holds a PEM block "PUBLIC KEY" and not "PRIVATE KEY"`},
		{"a private key to verify with", private, false, `it holds a PEM block "PRIVATE KEY" and not "PUBLIC KEY"`},
		{"two keys", append(bytes.Clone(private), private...), true, `there is something after its PEM block "PRIVATE KEY"`},
		{"another kind to sign with", asPrivate(otherDER), true, "the private key is not one of Ed25519; make one with 'esconform key new'"},
		{"another kind to verify with", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: otherPub}), false, "the public key is not one of Ed25519"},
		{"damaged", asPrivate([]byte("secret")), true, "the private key is damaged, or of a kind that is not known"},
		{"a damaged public key", pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: []byte("x")}), false, "the public key is damaged, or of a kind that is not known"},
	} {
		var err error
		if tt.private {
			_, err = bundle.ParsePrivateKey(tt.data)
		} else {
			_, err = bundle.ParsePublicKey(tt.data)
		}
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: error %v, want %s", tt.name, err, tt.want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error quotes the file", tt.name)
		}
	}
}
