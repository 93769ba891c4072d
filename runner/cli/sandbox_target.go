package cli

import (
	"esconform/runner/profile"
	"esconform/runner/sandbox"
)

// sandboxTarget describes a sandbox that listens as the target of a run.
func sandboxTarget(server *sandbox.Server, url, secureURL, caFile string) profile.Target {
	t := profile.Target{
		Name:     "sandbox",
		BaseURL:  url,
		Product:  profile.Product{Name: "sandbox", Version: version(), Vendor: "esconform"},
		Control:  &profile.Control{URL: url, Token: profile.NewSecret(server.ControlToken())},
		TLS:      profile.TLS{CAFile: caFile},
		Features: sandbox.Features(),
	}
	if secureURL != url {
		t.SecureURL = secureURL
	}
	for _, s := range server.Sites() {
		t.Sites = append(t.Sites, profile.Site{
			Name:        s.Name,
			Credentials: profile.Credentials{Username: s.Username, Password: profile.NewSecret(s.Password)},
			States:      s.States,
			Anchors:     s.Anchors,
		})
	}
	return t
}
