package runner_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"esconform/runner/wire"
	"esconform/xsd"
	"esconform/xsd/validate"
)

// largeFile is the size of the file that is validated, in bytes.
const largeFile = 16 << 20

// BenchmarkPairedValidation validates one large answer with each engine and with
// `xmllint --noout --stream --schema` on the same file, in alternation.
func BenchmarkPairedValidation(b *testing.B) {
	envelope := largeAnswer()
	dir := b.TempDir()
	file := filepath.Join(dir, "answer.xml")
	if err := os.WriteFile(file, envelope, 0o600); err != nil {
		b.Fatal(err)
	}
	if err := os.CopyFS(filepath.Join(dir, "xsd"), xsd.Files()); err != nil {
		b.Fatal(err)
	}
	schema := filepath.Join(dir, "xsd", xsd.Entry)
	engines := []validate.Engine{validate.Helium}
	if validate.Default() == validate.Libxml2 {
		engines = []validate.Engine{validate.Libxml2, validate.Helium}
	}
	for b.Loop() {
		for _, engine := range engines {
			ours, theirs := make([]float64, 0, pairs), make([]float64, 0, pairs)
			for range pairs {
				ours = append(ours, megabytes(envelope, func() { validateOnce(b, engine, envelope) }))
				theirs = append(theirs, megabytes(envelope, func() { xmllint(b, schema, file) }))
			}
			b.ReportMetric(median(ours), string(engine)+"-MB/s")
			b.ReportMetric(median(theirs), "xmllint-MB/s")
			b.ReportMetric(median(ours)/median(theirs), string(engine)+"/xmllint")
		}
	}
	b.ReportMetric(0, "ns/op")
}

// BenchmarkProcess measures whole processes: how long the program takes to start,
// and to run all scenarios against its own sandbox, and what memory that takes at
// most. The kernel counts the memory of the process that starts another as the
// other's, so that it must not follow a benchmark that takes much.
func BenchmarkProcess(b *testing.B) {
	program := binary(b)
	for b.Loop() {
		var starts []float64
		for range 2*pairs + 1 {
			starts = append(starts, milliseconds(func() { runProgram(b, program, "version") }))
		}
		b.ReportMetric(median(starts), "start-up-ms")
		var usage *syscall.Rusage
		b.ReportMetric(milliseconds(func() {
			usage = runProgram(b, program, "run", "--sandbox", "--out", filepath.Join(b.TempDir(), "out"))
		}), "whole-run-ms")
		b.ReportMetric(float64(usage.Maxrss)/1024, "whole-run-MiB")
	}
	b.ReportMetric(0, "ns/op")
}

func runProgram(b *testing.B, program string, args ...string) *syscall.Rusage {
	c := exec.CommandContext(b.Context(), program, args...)
	if out, err := c.CombinedOutput(); err != nil {
		b.Fatalf("%s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return c.ProcessState.SysUsage().(*syscall.Rusage)
}

func milliseconds(work func()) float64 {
	start := time.Now()
	work()
	return float64(time.Since(start).Microseconds()) / 1000
}

func megabytes(data []byte, work func()) float64 {
	runtime.GC() // what was left by the one before
	start := time.Now()
	work()
	return float64(len(data)) / 1e6 / time.Since(start).Seconds()
}

// validateOnce includes what compiling the schemas costs, as the process of xmllint
// does.
func validateOnce(b *testing.B, engine validate.Engine, envelope []byte) {
	v, err := validate.New(engine, 1)
	if err != nil {
		b.Fatal(err)
	}
	defer v.Close()
	if violations, err := v.Validate(wire.Name{}, envelope); err != nil || len(violations) > 0 {
		b.Fatalf("%v %v", violations, err)
	}
}

func xmllint(b *testing.B, schema, file string) {
	out, err := exec.CommandContext(b.Context(), "xmllint", "--noout", "--stream", "--schema", schema, file).CombinedOutput()
	if err != nil {
		b.Fatalf("xmllint: %v\n%s", err, out)
	}
}

// largeAnswer is an answer to readAllPersons with as many persons as fit.
func largeAnswer() []byte {
	var out bytes.Buffer
	out.WriteString(`<s:Envelope xmlns:s="` + wire.NSSOAP + `"><s:Header><h:syncResponseHeaderInfo xmlns:h="` + wire.NSBind + `"><h:statusInfo><h:codeMajor>success</h:codeMajor><h:severity>status</h:severity></h:statusInfo></h:syncResponseHeaderInfo></s:Header><s:Body><p:readAllPersonsResponse xmlns:p="` + wire.NSPmess + `" xmlns:d="` + wire.NSPdata + `" xmlns:c="` + wire.NSCommon + `"><p:personIdPairSet>`)
	n := 0
	for ; out.Len() < largeFile; n++ {
		fmt.Fprintf(&out, `<p:personIdPair><p:sourcedId><c:identifier>person-%d</c:identifier></p:sourcedId><p:person><d:formatName xmlns:xsi="%s" xsi:nil="true"/><d:name><d:partName><d:namePartType>First</d:namePartType><d:namePartValue>Vera %d</d:namePartValue></d:partName><d:partName><d:namePartType>Last</d:namePartType><d:namePartValue>Sample</d:namePartValue></d:partName></d:name><c:email>vera%d@example.org</c:email><d:demographics><d:gender>Female</d:gender><d:bday>1990-01-02</d:bday></d:demographics><d:institutionRole><d:institutionRoleType>Student</d:institutionRoleType><d:primaryRoleType>true</d:primaryRoleType></d:institutionRole></p:person></p:personIdPair>`, n, wire.NSXsi, n, n)
	}
	fmt.Fprintf(&out, `</p:personIdPairSet><p:virtualCount>%d</p:virtualCount></p:readAllPersonsResponse></s:Body></s:Envelope>`, n)
	return out.Bytes()
}
