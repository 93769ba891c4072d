package bundle

import (
	"bytes"
	"context"
	"crypto"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"

	"github.com/secure-systems-lab/go-securesystemslib/dsse"
)

// payloadType is that of in-toto statements.
const payloadType = "application/vnd.in-toto+json"

// signer signs with a private key; it implements dsse.Signer.
type signer struct{ key ed25519.PrivateKey }

func (s signer) Sign(_ context.Context, data []byte) ([]byte, error) {
	return ed25519.Sign(s.key, data), nil
}

func (s signer) KeyID() (string, error) { return KeyID(s.key.Public().(ed25519.PublicKey)) }

// checker checks signatures of a public key; it implements dsse.Verifier.
type checker struct{ key ed25519.PublicKey }

func (c checker) Verify(_ context.Context, data, signature []byte) error {
	if !ed25519.Verify(c.key, data, signature) {
		return errors.New("the signature does not fit")
	}
	return nil
}

func (c checker) KeyID() (string, error) { return KeyID(c.key) }

func (c checker) Public() crypto.PublicKey { return c.key }

// sign puts a statement into a signed envelope (DSSE 1.0).
func sign(statement []byte, key ed25519.PrivateKey) ([]byte, error) {
	s, err := dsse.NewEnvelopeSigner(signer{key})
	if err != nil {
		return nil, fmt.Errorf("sign the statement: %w", err)
	}
	envelope, err := s.SignPayload(context.Background(), payloadType, statement)
	if err != nil {
		return nil, fmt.Errorf("sign the statement: %w", err)
	}
	return encode(envelope)
}

// open checks the signature of an envelope and returns the statement in it. There is
// exactly one signature, and one way to write the envelope.
func open(attestation []byte, key ed25519.PublicKey) ([]byte, error) {
	var envelope dsse.Envelope
	if err := decode(attestation, &envelope); err != nil {
		return nil, err
	}
	if envelope.PayloadType != payloadType {
		return nil, fmt.Errorf("its payload is %q and not %q", envelope.PayloadType, payloadType)
	}
	if n := len(envelope.Signatures); n != 1 {
		return nil, fmt.Errorf("it has %d signatures instead of 1", n)
	}
	id, err := KeyID(key)
	if err != nil {
		return nil, err
	}
	if signed := envelope.Signatures[0].KeyID; signed != id {
		return nil, fmt.Errorf("it was signed with the key %q and not with %s", signed, id)
	}
	v, err := dsse.NewEnvelopeVerifier(checker{key})
	if err != nil {
		return nil, fmt.Errorf("check the signature: %w", err)
	}
	_, statement, err := v.VerifyAndDecode(context.Background(), &envelope)
	if err != nil {
		return nil, fmt.Errorf("its signature does not fit: it was changed, or not signed with this key")
	}
	return statement, checkEnvelopeForm(attestation, envelope, statement)
}

// checkEnvelopeForm refuses an envelope that is written in another way than sign does: other
// white space, other base64 of the same bytes.
func checkEnvelopeForm(attestation []byte, envelope dsse.Envelope, statement []byte) error {
	signature, err := fromBase64(envelope.Signatures[0].Sig)
	if err != nil {
		return err
	}
	again, err := encode(dsse.Envelope{PayloadType: payloadType, Payload: toBase64(statement),
		Signatures: []dsse.Signature{{KeyID: envelope.Signatures[0].KeyID, Sig: toBase64(signature)}}})
	if err != nil {
		return err
	}
	if !bytes.Equal(again, attestation) {
		return errors.New("it is not written as esconform does")
	}
	return nil
}

func toBase64(data []byte) string { return base64.StdEncoding.EncodeToString(data) }

func fromBase64(text string) ([]byte, error) {
	data, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("decode the signature: %w", err)
	}
	return data, nil
}
