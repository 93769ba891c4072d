package sandbox

import (
	"sync"
	"time"
)

// nonceLife is how long a nonce is remembered: as long as its Created may be
// fresh by somebody's clock.
const nonceLife = freshness + clockSkew

// A nonceRegister remembers the nonces of a site's tokens, so that a token that is
// sent again can be refused (UsernameToken profile 1.0, section 3.1). Its zero
// value is empty.
type nonceRegister struct {
	mu     sync.Mutex
	seen   map[string]time.Time // by nonce and Created: when it came
	pruned time.Time            // when old ones were last forgotten
}

// again says whether a token's nonce has come before, and remembers it. A token
// without Nonce or Created is never the same as another: clients in production
// send neither.
func (r *nonceRegister) again(t token, now time.Time) bool {
	if len(t.nonce) == 0 || t.created == "" {
		return false
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seen == nil {
		r.seen = map[string]time.Time{}
	}
	if now.Sub(r.pruned) > nonceLife {
		for name, came := range r.seen {
			if now.Sub(came) > nonceLife {
				delete(r.seen, name)
			}
		}
		r.pruned = now
	}
	name := t.created + " " + string(t.nonce)
	came, known := r.seen[name]
	r.seen[name] = now
	return known && now.Sub(came) <= nonceLife
}
