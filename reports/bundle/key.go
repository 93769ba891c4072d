package bundle

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
)

// The types of the PEM blocks of keys (RFC 7468, sections 10 and 13).
const (
	privateBlock = "PRIVATE KEY"
	publicBlock  = "PUBLIC KEY"
)

// NewKey makes an Ed25519 key pair (RFC 8032).
func NewKey() (ed25519.PrivateKey, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	return key, nil
}

// MarshalPrivateKey gives the PEM of a private key (PKCS#8, RFC 8410).
func MarshalPrivateKey(key ed25519.PrivateKey) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("encode the private key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: privateBlock, Bytes: der}), nil
}

// MarshalPublicKey gives the PEM of a public key (PKIX, RFC 8410).
func MarshalPublicKey(key ed25519.PublicKey) ([]byte, error) {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return nil, fmt.Errorf("encode the public key: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: publicBlock, Bytes: der}), nil
}

// KeyID names a public key: the SHA-256 of its DER (PKIX), in hexadecimal digits.
func KeyID(key ed25519.PublicKey) (string, error) {
	der, err := x509.MarshalPKIXPublicKey(key)
	if err != nil {
		return "", fmt.Errorf("name the public key: %w", err)
	}
	return digest(der), nil
}

// ParsePrivateKey reads the PEM of an Ed25519 private key. A public key, a key of
// another kind and one that is encrypted are errors that say so.
func ParsePrivateKey(data []byte) (ed25519.PrivateKey, error) {
	der, err := block(data, privateBlock)
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		return nil, errors.New("the private key is damaged, or of a kind that is not known")
	}
	private, ok := key.(ed25519.PrivateKey)
	if !ok {
		return nil, errors.New("the private key is not one of Ed25519; make one with 'esconform key new'")
	}
	return private, nil
}

// ParsePublicKey reads the PEM of an Ed25519 public key. A private key and a key of
// another kind are errors that say so.
func ParsePublicKey(data []byte) (ed25519.PublicKey, error) {
	der, err := block(data, publicBlock)
	if err != nil {
		return nil, err
	}
	key, err := x509.ParsePKIXPublicKey(der)
	if err != nil {
		return nil, errors.New("the public key is damaged, or of a kind that is not known")
	}
	public, ok := key.(ed25519.PublicKey)
	if !ok {
		return nil, errors.New("the public key is not one of Ed25519")
	}
	return public, nil
}

// block returns what the only PEM block of a file holds. Its errors do not quote the
// file, which may hold a secret.
func block(data []byte, kind string) ([]byte, error) {
	b, rest := pem.Decode(data)
	switch {
	case b == nil:
		return nil, fmt.Errorf("there is no PEM block %q in it", kind)
	case b.Type != kind:
		return nil, fmt.Errorf("it holds a PEM block %q and not %q", b.Type, kind)
	case len(bytes.TrimSpace(rest)) > 0:
		return nil, fmt.Errorf("there is something after its PEM block %q", kind)
	}
	return b.Bytes, nil
}
