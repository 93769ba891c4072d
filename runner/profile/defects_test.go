package profile_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/profile"
)

var update = flag.Bool("update", false, "write the golden files")

// Each file of testdata/defects is a profile with defects; the golden file beside
// it lists all of them as they are reported, with file and line.
func TestAllDefectsOfAProfileAreReportedAtOnce(t *testing.T) {
	files, err := filepath.Glob("testdata/defects/*.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no profiles: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			_, err := profile.Resolve(profile.Sources{
				Flags:     profile.Flags{Profile: &file},
				LookupEnv: environment(map[string]string{"TEST_PASSWORD": "env-secret"}),
			})
			if err == nil {
				t.Fatal("the profile was accepted")
			}
			golden(t, strings.TrimSuffix(file, ".yaml")+".golden", filepath.ToSlash(err.Error())+"\n")
			for _, secret := range []string{"s3cret-in-url", "literal-secret", "secret-of-proxy", "env-secret"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("the defects repeat the secret %q", secret)
				}
			}
		})
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func environment(variables map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, ok := variables[name]
		return value, ok
	}
}

// settingDefects are settings of the command line and the environment, and what is
// said about them.
var settingDefects = []struct {
	name  string
	flags profile.Flags
	env   map[string]string
	want  string
}{
	{
		name: "no target",
		env:  map[string]string{"ESCONFORM_USERNAME": "u", "ESCONFORM_PASSWORD": "p"},
		want: "there is no target: give --endpoint URL, --profile FILE with an endpoint, or --sandbox",
	},
	{
		name:  "an empty endpoint",
		flags: profile.Flags{Endpoint: ptr("  "), Username: ptr("u")},
		env:   map[string]string{"ESCONFORM_PASSWORD": "p"},
		want:  "--endpoint: there is no target: give --endpoint URL, --profile FILE with an endpoint, or --sandbox",
	},
	{
		name:  "no credentials",
		flags: profile.Flags{Endpoint: ptr("https://host.example")},
		want: "site main has no user name; give --username, ESCONFORM_USERNAME, or username in the profile\n" +
			"site main has no password; give ESCONFORM_PASSWORD, --password-file FILE (- is standard input), or passwordFile in the profile",
	},
	{
		name:  "variables that cannot be read",
		flags: profile.Flags{Endpoint: ptr("https://host.example"), Username: ptr("u")},
		env: map[string]string{"ESCONFORM_PASSWORD": "p", "ESCONFORM_RATE": "fast", "ESCONFORM_TIMEOUT": "10",
			"ESCONFORM_CONCURRENCY": "two", "ESCONFORM_INSECURE": "maybe"},
		want: "ESCONFORM_CONCURRENCY: ESCONFORM_CONCURRENCY is a whole number, not \"two\"\n" +
			"ESCONFORM_INSECURE: ESCONFORM_INSECURE is true or false, not \"maybe\"\n" +
			"ESCONFORM_RATE: ESCONFORM_RATE is a number, not \"fast\"\n" +
			"ESCONFORM_TIMEOUT: ESCONFORM_TIMEOUT is a duration with a unit, such as 30s or 5m, not \"10\"",
	},
	{
		name:  "states and headers without a value",
		flags: profile.Flags{Endpoint: ptr("https://host.example"), Username: ptr("u"), States: []string{"parentPortal", "west:parentPortal=enabled"}, Headers: []string{"X-Key"}},
		env:   map[string]string{"ESCONFORM_PASSWORD": "p"},
		want: "--header: write NAME=VALUE\n" +
			"--state: write NAME=VALUE\n" +
			"--state: there is no site \"west\"; write SITE:NAME=VALUE with the name of a site of the profile",
	},
	{
		name:  "a profile that is not there",
		flags: profile.Flags{Profile: ptr("testdata/none.yaml")},
		want:  "--profile: the profile testdata/none.yaml cannot be read: no such file or directory",
	},
	{
		name:  "a password file that is not there",
		flags: profile.Flags{Endpoint: ptr("https://host.example"), Username: ptr("u"), PasswordFile: ptr("testdata/none.txt")},
		want:  "--password-file: the password file testdata/none.txt of site main cannot be read: no such file or directory",
	},
}

func TestDefectsOfFlagsAndVariables(t *testing.T) {
	for _, test := range settingDefects {
		t.Run(test.name, func(t *testing.T) {
			_, err := profile.Resolve(profile.Sources{Flags: test.flags, LookupEnv: environment(test.env)})
			if err == nil {
				t.Fatal("the settings were accepted")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
