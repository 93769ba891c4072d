package sandbox

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"time"
)

// certificateLifetime is long enough for a sandbox that is left running, and
// within what clients accept of a server (398 days).
const certificateLifetime = 365 * 24 * time.Hour

// LoopbackCertificate makes a certificate for localhost, 127.0.0.1 and ::1,
// signed by an authority of its own that is made with it, and returns it with
// the authority's certificate as PEM, which a client is to trust. The
// authority's key is thrown away: nothing else can ever be signed with it.
// Both are valid from an hour before now, for clocks that differ, for a year.
func LoopbackCertificate(now time.Time) (certificate tls.Certificate, authority []byte, err error) {
	issuer, issuerKey, err := sign(certificateFor("esconform sandbox authority", now), nil, nil)
	if err != nil {
		return tls.Certificate{}, nil, fmt.Errorf("make the sandbox's certificate authority: %w", err)
	}
	leaf, key, err := sign(certificateFor("localhost", now), issuer, issuerKey)
	if err != nil {
		return tls.Certificate{}, nil, fmt.Errorf("make the sandbox's certificate: %w", err)
	}
	certificate = tls.Certificate{Certificate: [][]byte{leaf.Raw, issuer.Raw}, PrivateKey: key, Leaf: leaf}
	return certificate, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: issuer.Raw}), nil
}

// certificateFor returns what both certificates have in common.
func certificateFor(name string, now time.Time) *x509.Certificate {
	return &x509.Certificate{
		Subject:               pkix.Name{CommonName: name},
		NotBefore:             now.Add(-time.Hour),
		NotAfter:              now.Add(certificateLifetime),
		BasicConstraintsValid: true,
	}
}

// sign completes a certificate and signs it with the issuer's key; without an
// issuer it becomes an authority that signs itself.
func sign(template, issuer *x509.Certificate, issuerKey *ecdsa.PrivateKey) (*x509.Certificate, *ecdsa.PrivateKey, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, fmt.Errorf("generate a key: %w", err)
	}
	// 62 bits keep the number positive and short.
	template.SerialNumber, err = rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		return nil, nil, fmt.Errorf("choose a serial number: %w", err)
	}
	if issuer == nil {
		template.IsCA, template.MaxPathLenZero = true, true
		template.KeyUsage = x509.KeyUsageCertSign
		issuer, issuerKey = template, key
	} else {
		template.KeyUsage = x509.KeyUsageDigitalSignature
		template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
		template.DNSNames = []string{"localhost"}
		template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback}
	}
	raw, err := x509.CreateCertificate(rand.Reader, template, issuer, &key.PublicKey, issuerKey)
	if err != nil {
		return nil, nil, fmt.Errorf("sign the certificate of %s: %w", template.Subject.CommonName, err)
	}
	made, err := x509.ParseCertificate(raw)
	if err != nil {
		return nil, nil, fmt.Errorf("read the certificate of %s back: %w", template.Subject.CommonName, err)
	}
	return made, key, nil
}
