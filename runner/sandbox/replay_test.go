package sandbox

import (
	"testing"
	"time"
)

func TestNonces(t *testing.T) {
	first := token{nonce: []byte("a"), created: "2030-01-01T08:00:00Z"}
	for _, test := range []struct {
		name  string
		then  token
		after time.Duration
		want  bool
	}{
		{"the same token", first, time.Second, true},
		{"the same token within its life", first, nonceLife, true},
		{"the same token when it is forgotten", first, nonceLife + time.Second, false},
		{"another nonce", token{nonce: []byte("b"), created: first.created}, time.Second, false},
		{"the nonce with another Created", token{nonce: first.nonce, created: "2030-01-01T08:00:01Z"}, time.Second, false},
		{"no nonce", token{created: first.created}, time.Second, false},
		{"no Created", token{nonce: first.nonce}, time.Second, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			var r nonceRegister
			if r.again(first, noon) {
				t.Error("the first token came before")
			}
			if r.again(token{nonce: test.then.nonce}, noon) || r.again(token{}, noon) {
				t.Error("a token without Created came before")
			}
			if got := r.again(test.then, noon.Add(test.after)); got != test.want {
				t.Errorf("came before: %t, want %t", got, test.want)
			}
		})
	}
}

func TestOldNoncesAreForgotten(t *testing.T) {
	var r nonceRegister
	for i := range 100 {
		r.again(token{nonce: []byte{byte(i)}, created: "x"}, noon.Add(time.Duration(i)*time.Minute))
	}
	if most := int(2 * nonceLife / time.Minute); len(r.seen) > most {
		t.Errorf("%d nonces are remembered, more than %d", len(r.seen), most)
	}
}
