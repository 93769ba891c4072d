package sandbox

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// controls sends a request to the control interface and returns the status and
// the JSON that came back.
func (b *bench) controls(method, path, body string) (int, any) {
	b.Helper()
	req, err := http.NewRequestWithContext(context.Background(), method, b.url+path, strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+b.server.ControlToken())
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	if len(data) == 0 {
		return res.StatusCode, nil
	}
	var value any
	if err := json.Unmarshal(data, &value); err != nil {
		b.Fatalf("%s %s: %v in %s", method, path, err, data)
	}
	return res.StatusCode, value
}

// makes makes an object and returns its handle.
func (b *bench) makes(site string, p properties) string {
	b.Helper()
	body, err := json.Marshal(p)
	if err != nil {
		b.Fatal(err)
	}
	status, value := b.controls(http.MethodPost, "/control/sites/"+site+"/objects", string(body))
	if status != http.StatusOK {
		b.Fatalf("make %v: %d %v", p, status, value)
	}
	return value.(map[string]any)["handle"].(string)
}

func TestControlTellsSites(t *testing.T) {
	b := newBench(t, Options{Username: "u"})
	_, value := b.controls(http.MethodGet, "/control/sites", "")
	first := value.([]any)[0]
	want := map[string]any{"name": "main", "username": "u", "path": "/site/main", "states": map[string]any{"defaultProfile": "student", "parentPortal": "enabled", "siteProfile": "absent"},
		"anchors": map[string]any{"parentGroup": "anchor-parent-group", "rootGroup": "anchor-root-group"}}
	if diff := cmp.Diff(want, first); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestControlSwitchesStates(t *testing.T) {
	b := newBench(t, Options{})
	for _, tc := range []struct {
		name, method, path, body string
		status                   int
		want                     any
	}{
		{"site", http.MethodPut, "/control/sites/main/states", `{"parentPortal":"disabled"}`, 200, map[string]any{"parentPortal": "enabled"}},
		{"site again", http.MethodPut, "/control/sites/main/states", `{"parentPortal":"enabled"}`, 200, map[string]any{"parentPortal": "disabled"}},
		{"endpoint", http.MethodPut, "/control/states", `{"parentPortalGlobal":"disabled"}`, 200, map[string]any{"parentPortalGlobal": "enabled"}},
		{"endpoint, told", http.MethodGet, "/control/states", "", 200, map[string]any{"parentPortalGlobal": "disabled"}},
		{"unknown value", http.MethodPut, "/control/states", `{"parentPortalGlobal":"off"}`, 400, map[string]any{"error": `state parentPortalGlobal cannot be "off", only one of ["enabled" "disabled"]`}},
		{"state of the other scope", http.MethodPut, "/control/states", `{"parentPortal":"disabled"}`, 400, map[string]any{"error": `there is no state "parentPortal" of scope endpoint`}},
		{"unknown site", http.MethodPut, "/control/sites/nowhere/states", `{}`, 404, map[string]any{"error": `there is no site "nowhere"`}},
	} {
		status, value := b.controls(tc.method, tc.path, tc.body)
		if diff := cmp.Diff([]any{tc.status, tc.want}, []any{status, value}); diff != "" {
			t.Errorf("%s: -want +got:\n%s", tc.name, diff)
		}
	}
}

func TestControlIsForLocalHoldersOfTheToken(t *testing.T) {
	b := newBench(t, Options{})
	for _, tc := range []struct {
		name, remote, authorization string
		want                        int
	}{
		{"token", "127.0.0.1:1", "Bearer " + b.server.ControlToken(), 200},
		{"token, IPv6", "[::1]:1", "Bearer " + b.server.ControlToken(), 200},
		{"no token", "127.0.0.1:1", "", 401},
		{"wrong token", "127.0.0.1:1", "Bearer x", 401},
		{"other scheme", "127.0.0.1:1", "Basic " + b.server.ControlToken(), 401},
		{"another machine", "192.0.2.1:1", "Bearer " + b.server.ControlToken(), 403},
	} {
		w, r := httptest.NewRecorder(), httptest.NewRequestWithContext(context.Background(), http.MethodGet, "/control/sites", nil)
		r.RemoteAddr = tc.remote
		r.Header.Set("Authorization", tc.authorization)
		b.server.Handler().ServeHTTP(w, r)
		if w.Code != tc.want {
			t.Errorf("%s: %d, want %d", tc.name, w.Code, tc.want)
		}
	}
}

func TestControlMakesListsAndRemovesObjects(t *testing.T) {
	b := newBench(t, Options{})
	at := b.site(SiteMain)
	manual := b.makes(SiteMain, properties{"kind": "person", "tag": "t", "first": "Hand", "last": "Made", "role": "Guest", "origin": "manual", "external": "true", "createdAt": "2020-01-01T00:00:00Z", "userName": "hand", "profilePicture": "p.png"})
	b.makes(SiteMain, properties{"kind": "person", "tag": "t", "key": "c1", "first": "A", "last": "B"})
	b.makes(SiteMain, properties{"kind": "person", "tag": "t", "key": "gone", "first": "A", "last": "B", "deleted": "true"})
	b.makes(SiteMain, properties{"kind": "group", "tag": "t", "key": "g1", "title": "Class"})
	b.makes(SiteMain, properties{"kind": "membership", "tag": "t", "key": "m1", "person": "handle:" + manual, "group": "g1", "role": "Learner"})
	b.makes(SiteMain, properties{"kind": "relationship", "tag": "t", "parent": "handle:" + manual, "child": "c1"})
	b.plays(at, []turn{{"readPerson", key("c1"), []string{ok, "person First=A Last=B Parent=?"}}})

	_, all := b.controls(http.MethodGet, "/control/sites/main/objects?tag=t", "")
	var kinds []string
	for _, o := range all.([]any) {
		kinds = append(kinds, o.(map[string]any)["kind"].(string)+" "+o.(map[string]any)["key"].(string))
	}
	if diff := cmp.Diff([]string{"person ", "person c1", "group g1", "membership m1", "relationship "}, kinds); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	want := map[string]any{"kind": "person", "handle": manual, "key": "", "tag": "t", "deleted": false, "fields": map[string]any{
		"first": "Hand", "last": "Made", "role": "Guest", "origin": "manual", "external": "True", "createdAt": "2020-01-01T00:00:00Z", "userName": "hand", "profilePicture": "p.png"}}
	if diff := cmp.Diff(want, all.([]any)[0]); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if _, found := b.controls(http.MethodGet, "/control/sites/main/objects?key=gone&deleted=true", ""); len(found.([]any)) != 1 {
		t.Errorf("in the trash: %v", found)
	}
	if status, _ := b.controls(http.MethodDelete, "/control/sites/main/objects?tag=t", ""); status != http.StatusNoContent {
		t.Errorf("remove: %d", status)
	}
	if _, left := b.controls(http.MethodGet, "/control/sites/main/objects?tag=t&deleted=true", ""); len(left.([]any)) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestControlRefusesWhatItCannotMake(t *testing.T) {
	b := newBench(t, Options{})
	b.makes(SiteMain, properties{"kind": "person", "key": "k1"})
	for _, tc := range []struct {
		body   string
		status int
		text   string
	}{
		{`{"kind":"lesson"}`, 400, `there is no kind of object "lesson"`},
		{`{"kind":"person","colour":"red"}`, 400, `a person has no property "colour"`},
		{`{"kind":"person","origin":"space"}`, 400, `there is no origin "space"`},
		{`{"kind":"person","createdAt":"soon"}`, 400, `createdAt "soon" is not a date and time`},
		{`{"kind":"person","key":"k1"}`, 409, `a person has the key "k1"`},
		{`{"kind":"group","title":"x"}`, 400, `a group needs a key`},
		{`{"kind":"group","key":"anchor-parent-group"}`, 409, `a group has the key "anchor-parent-group"`},
		{`{"kind":"membership","person":"k2","group":"anchor-parent-group"}`, 404, `there is no person "k2"`},
		{`{"kind":"membership","person":"k1","group":"g"}`, 404, `there is no group "g"`},
		{`{"kind":"relationship","parent":"k1","child":"handle:p999"}`, 404, `there is no person "handle:p999"`},
		{`{"kind":1}`, 400, `read the body as JSON: json: cannot unmarshal number into Go value of type string`},
	} {
		status, value := b.controls(http.MethodPost, "/control/sites/main/objects", tc.body)
		if diff := cmp.Diff([]any{tc.status, map[string]any{"error": tc.text}}, []any{status, value}); diff != "" {
			t.Errorf("%s: -want +got:\n%s", tc.body, diff)
		}
	}
	if status, _ := b.controls(http.MethodDelete, "/control/sites/main/objects", ""); status != http.StatusBadRequest {
		t.Errorf("remove without a tag: %d", status)
	}
}

func TestControlSetsBehaviourAndTellsWhatWasReached(t *testing.T) {
	b := newBench(t, Options{})
	at := b.site(SiteMain)
	if status, value := b.controls(http.MethodPut, "/control/sites/main/behaviour", `{"deviate":["nonsense"]}`); status != http.StatusBadRequest {
		t.Errorf("unknown deviation: %d %v", status, value)
	}
	b.controls(http.MethodPut, "/control/sites/main/behaviour", `{"deviate":["british-english"],"dialect":["chunked"]}`)
	if got := b.send(at, "readPerson", key("k1")); !strings.Contains(got.body, "en-GB") {
		t.Errorf("no deviation in %s", got.body)
	}
	b.controls(http.MethodPut, "/control/sites/main/behaviour", `{}`)
	b.controls(http.MethodDelete, "/control/sites/main/reached", "")
	b.send(at, "deletePerson", key("k1"))
	_, reached := b.controls(http.MethodGet, "/control/sites/main/reached", "")
	if !strings.Contains(toJSON(t, reached), `"delete-of-unknown-succeeds"`) || strings.Contains(toJSON(t, reached), `"unknown-person-succeeds"`) {
		t.Errorf("reached: %v", reached)
	}
}

func toJSON(t *testing.T, v any) string {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
