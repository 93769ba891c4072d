package bundle_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"slices"

	"esconform/reports/bundle"
)

// envelope is a DSSE envelope that can be bent.
type envelope struct {
	PayloadType string      `json:"payloadType"`
	Payload     string      `json:"payload"`
	Signatures  []signature `json:"signatures"`
}

type signature struct {
	KeyID string `json:"keyid"`
	Sig   string `json:"sig"`
}

// signatureManipulations change keys and signatures; the archive is of the right form.
func signatureManipulations() []manipulation {
	bend := func(name string, f func(w *workshop, e *envelope)) manipulation {
		return manipulation{name: name, make: func(w *workshop) []byte {
			e := opened(w, w.own)
			f(w, &e)
			return w.pack(with(w.own, bundle.Contents{bundle.AttestationEntry: written(w, e)}))
		}}
	}
	return []manipulation{
		{name: "signed again with another key", sound: true, make: func(w *workshop) []byte { return w.forge(w.own, w.forger) }},
		{name: "signed with another key under the certifier's public key", make: func(w *workshop) []byte {
			forged := open(w.t, w.forge(w.own, w.forger))
			return w.pack(with(forged, bundle.Contents{bundle.KeyEntry: w.own[bundle.KeyEntry]}))
		}},
		{name: "the same, and named as the certifier's", make: func(w *workshop) []byte {
			forged := open(w.t, w.forge(w.own, w.forger))
			e := opened(w, forged)
			e.Signatures[0].KeyID = opened(w, w.own).Signatures[0].KeyID
			return w.pack(with(forged, bundle.Contents{bundle.KeyEntry: w.own[bundle.KeyEntry], bundle.AttestationEntry: written(w, e)}))
		}},
		{name: "the public key replaced", make: func(w *workshop) []byte {
			other := must[[]byte](w.t)(bundle.MarshalPublicKey(public(w.forger)))
			return w.pack(with(w.own, bundle.Contents{bundle.KeyEntry: other}))
		}},
		{name: "the public key written in another way", make: func(w *workshop) []byte {
			text := w.own[bundle.KeyEntry]
			return w.pack(with(w.own, bundle.Contents{bundle.KeyEntry: pick(w, append([]byte("key:\n"), text...), append(bytes.Clone(text), '\n'), bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n")))}))
		}},
		{name: "the attestation of another run of the same key", make: func(w *workshop) []byte {
			return w.pack(with(w.own, bundle.Contents{bundle.AttestationEntry: w.other[bundle.AttestationEntry]}))
		}},
		bend("signatures stripped", func(w *workshop, e *envelope) { e.Signatures = pick(w, nil, []signature{}) }),
		bend("the signature emptied", func(_ *workshop, e *envelope) { e.Signatures[0].Sig = "" }),
		bend("the signature doubled", func(_ *workshop, e *envelope) { e.Signatures = append(e.Signatures, e.Signatures[0]) }),
		bend("a signature of another key added", func(w *workshop, e *envelope) {
			added := opened(w, open(w.t, w.forge(w.own, w.forger))).Signatures[0]
			e.Signatures = slices.Insert(e.Signatures, w.rnd.IntN(2), added)
		}),
		bend("a bit of the signature flipped", func(w *workshop, e *envelope) {
			sig := must[[]byte](w.t)(base64.StdEncoding.DecodeString(e.Signatures[0].Sig))
			sig[w.rnd.IntN(len(sig))] ^= 1 << w.rnd.IntN(8)
			e.Signatures[0].Sig = base64.StdEncoding.EncodeToString(sig)
		}),
		bend("the signature of another run of the same key", func(w *workshop, e *envelope) { e.Signatures = opened(w, w.other).Signatures }),
		bend("the name of the key changed or removed", func(w *workshop, e *envelope) {
			e.Signatures[0].KeyID = pick(w, "", "x", opened(w, open(w.t, w.forge(w.own, w.forger))).Signatures[0].KeyID)
		}),
		bend("the type of the payload changed", func(w *workshop, e *envelope) { e.PayloadType = pick(w, "", "text/plain", "application/json") }),
		bend("a byte of the statement changed", func(w *workshop, e *envelope) {
			payload := must[[]byte](w.t)(base64.StdEncoding.DecodeString(e.Payload))
			payload[w.rnd.IntN(len(payload))] ^= byte(1 + w.rnd.IntN(255))
			e.Payload = base64.StdEncoding.EncodeToString(payload)
		}),
		bend("the payload of another run of the same key", func(w *workshop, e *envelope) { e.Payload = opened(w, w.other).Payload }),
		{name: "the envelope written in another way", make: func(w *workshop) []byte {
			return w.pack(with(w.own, bundle.Contents{bundle.AttestationEntry: respelled(w, w.own[bundle.AttestationEntry])}))
		}},
	}
}

// respelled is an envelope with the same meaning and other bytes.
func respelled(w *workshop, text []byte) []byte {
	var compact bytes.Buffer
	if err := json.Compact(&compact, text); err != nil {
		w.t.Fatal(err)
	}
	e := opened(w, w.own)
	url := bytes.Replace(text, []byte(e.Signatures[0].Sig), []byte(urlForm(w, e.Signatures[0].Sig)), 1)
	return pick(w, compact.Bytes(), append(bytes.Clone(text), ' '), append([]byte("\n"), text...), url,
		bytes.Replace(text, []byte(`"payload":`), []byte(`"note": "", "payload":`), 1),
		bytes.Replace(text, []byte(`"payload":`), []byte(`"PAYLOAD":`), 1),
		bytes.Replace(text, []byte(`"payload":`), []byte(`"payload": "", "payload":`), 1))
}

// urlForm writes base64 in the alphabet for URLs; where that is the same, with a bit
// set that means nothing.
func urlForm(w *workshop, text string) string {
	data := must[[]byte](w.t)(base64.StdEncoding.DecodeString(text))
	if url := base64.URLEncoding.EncodeToString(data); url != text {
		return url
	}
	end := len(text) - 3 // before the two = of 64 bytes
	return text[:end] + string(text[end]+1) + "=="
}

func opened(w *workshop, c bundle.Contents) envelope {
	w.t.Helper()
	var e envelope
	if err := json.Unmarshal(c[bundle.AttestationEntry], &e); err != nil {
		w.t.Fatal(err)
	}
	return e
}

// written writes an envelope as a bundle has it.
func written(w *workshop, e envelope) []byte {
	w.t.Helper()
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", " ")
	if err := encoder.Encode(e); err != nil {
		w.t.Fatal(err)
	}
	return out.Bytes()
}
