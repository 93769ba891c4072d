package exchange

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	"esconform/runner/profile"
)

// controlClient speaks to the control interface of the sandbox: JSON over HTTP with
// a token. It makes and switches what no operation can.
type controlClient struct {
	base  string
	token profile.Secret
	http  *http.Client
}

func newControlClient(c profile.Control, via *client) *controlClient {
	transport := via.transport.Clone()
	transport.Proxy = nil // it is on this machine
	return &controlClient{base: c.URL, token: c.Token, http: &http.Client{
		Transport: transport,
		Timeout:   via.limits.StepTimeout,
		CheckRedirect: func(*http.Request, []*http.Request) error {
			return http.ErrUseLastResponse // the token goes nowhere else
		},
	}}
}

// controlSite is a site as the control interface shows it.
type controlSite struct {
	Name   string            `json:"name"`
	States map[string]string `json:"states"`
}

func (c *controlClient) sites(ctx context.Context) ([]controlSite, error) {
	var all []controlSite
	return all, c.do(ctx, http.MethodGet, "/control/sites", nil, &all)
}

// setStates switches states of a site; with an empty site those of the endpoint.
func (c *controlClient) setStates(ctx context.Context, site string, states map[string]string) error {
	path := "/control/states"
	if site != "" {
		path = "/control/sites/" + url.PathEscape(site) + "/states"
	}
	return c.do(ctx, http.MethodPut, path, states, nil)
}

// make makes an object and returns its handle.
func (c *controlClient) make(ctx context.Context, site string, properties map[string]string) (string, error) {
	var made struct {
		Handle string `json:"handle"`
	}
	err := c.do(ctx, http.MethodPost, "/control/sites/"+url.PathEscape(site)+"/objects", properties, &made)
	return made.Handle, err
}

// removeTag removes for good whatever carries the tag.
func (c *controlClient) removeTag(ctx context.Context, site, tag string) error {
	return c.do(ctx, http.MethodDelete, "/control/sites/"+url.PathEscape(site)+"/objects?tag="+url.QueryEscape(tag), nil, nil)
}

// removeCourse removes the course with that key whose group is gone, if there is one.
func (c *controlClient) removeCourse(ctx context.Context, site, key string) error {
	return c.do(ctx, http.MethodDelete, "/control/sites/"+url.PathEscape(site)+"/objects?kind=course&key="+url.QueryEscape(key), nil, nil)
}

// errNotThere says that the endpoint does not have what a request to the control
// interface refers to.
var errNotThere = errors.New("the endpoint does not have it")

func (c *controlClient) do(ctx context.Context, method, path string, in, out any) error {
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			return fmt.Errorf("control %s %s: %w", method, path, err)
		}
		body = bytes.NewReader(data)
	}
	r, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return fmt.Errorf("control %s %s: %w", method, path, err)
	}
	r.Header.Set("Authorization", "Bearer "+c.token.Reveal())
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	response, err := c.http.Do(r)
	if err != nil {
		return fmt.Errorf("control %s %s: %w", method, path, err)
	}
	defer response.Body.Close()
	data, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return fmt.Errorf("control %s %s: %w", method, path, err)
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		err := fmt.Errorf("control %s %s: HTTP %d: %s", method, path, response.StatusCode, shown(string(data)))
		if response.StatusCode == http.StatusNotFound {
			err = errors.Join(errNotThere, err)
		}
		return err
	}
	if out == nil || len(data) == 0 {
		return nil
	}
	if err := json.Unmarshal(data, out); err != nil {
		return fmt.Errorf("control %s %s: %w", method, path, err)
	}
	return nil
}
