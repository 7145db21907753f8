package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	_ "time/tzdata" // zones of the model's calendar, on machines without them

	"github.com/alecthomas/kong"

	"wenshu/semantic/interop"
)

// commands are the command line. Each command's Run gets the streams it talks to.
type commands struct {
	Demo    demoCommand    `cmd:"" help:"Make the demo company's databases and answer a few questions from them."`
	Ask     askCommand     `cmd:"" help:"Answer a question, in Chinese, English or both."`
	Query   queryCommand   `cmd:"" help:"Answer a query line, such as: revenue by region during month(-1)"`
	Explain explainCommand `cmd:"" help:"Show what became of each word of a question."`
	Check   checkCommand   `cmd:"" help:"Check a model, and the warehouses it names."`
	Serve   serveCommand   `cmd:"" help:"Serve the page and the HTTP interface."`
	Draft   draftCommand   `cmd:"" help:"Draft the model of a database that has none."`
	Propose proposeCommand `cmd:"" help:"Let a language model propose synonyms and descriptions for curators to review."`
	Inbox   inboxCommand   `cmd:"" help:"List the questions that went wrong, with what could be changed in the model."`
	Import  importCommand  `cmd:"" help:"Make a model of one in another tool's format."`
	Export  exportCommand  `cmd:"" help:"Write a model in another tool's format."`
	Eval    evalCommand    `cmd:"" help:"Score a set of questions whose answers are known."`
}

// streams are where a command reads and writes.
type streams struct {
	out, err io.Writer
	color    bool
}

// errAnswered says that a failure has been told already: only the exit code is left.
var errAnswered = errors.New("answered")

func main() {
	os.Exit(run(os.Args[1:], streams{out: os.Stdout, err: os.Stderr, color: isTerminal(os.Stdout)}))
}

// run parses the arguments and runs the command. Exit codes: 0 is an answer, 1 a
// refusal or failure, 2 wrong flags.
func run(args []string, s streams) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var c commands
	parser, err := kong.New(&c, kong.Name("wenshu"), kong.Description("wenshu 问数: ask the numbers."),
		kong.UsageOnError(), kong.Vars{"formats": strings.Join(interop.Formats, ","), "exports": strings.Join(interop.ExportFormats, ",")}, kong.Writers(s.out, s.err), kong.BindTo(ctx, (*context.Context)(nil)), kong.Bind(s))
	if err != nil {
		fmt.Fprintln(s.err, "wenshu:", err)
		return 2
	}
	k, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(s.err, "wenshu:", err)
		return 2
	}
	switch err := k.Run(); {
	case err == nil:
		return 0
	case errors.Is(err, errAnswered):
		return 1
	default:
		fmt.Fprintln(s.err, "wenshu:", err)
		return 1
	}
}

// isTerminal reports whether a file is a character device and the user did not
// ask for plain text (https://no-color.org).
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == ""
}
