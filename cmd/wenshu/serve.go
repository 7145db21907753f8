package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"os"

	"wenshu/api"
	"wenshu/api/bot"
	"wenshu/api/web"
	"wenshu/fixtures"
	"wenshu/nlq/llm"
)

type serveCommand struct {
	company
	secondReader
	Addr   string   `help:"Address to listen on. The demo listens on loopback alone." default:"127.0.0.1:8080" env:"WENSHU_ADDR"`
	State  string   `help:"File of the conversations, answers and feedback; without it they are gone with the process. The members that questions may name are kept beside it, in FILE.members, and read again every hour." placeholder:"FILE" env:"WENSHU_STATE"`
	Config string   `help:"File that names who may ask, the hashes of their tokens, and bots in chats (JSON). The demo needs none." type:"existingfile" env:"WENSHU_CONFIG"`
	Origin []string `help:"Pages of this origin may call the interface, such as https://intranet.example; repeatable."`
}

// Run serves until it is interrupted, then lets answers end that need no more than a second, and
// cancels the others in the warehouse. SIGHUP reads
// the model again.
func (c *serveCommand) Run(ctx context.Context, s streams) error {
	log := slog.New(slog.NewJSONHandler(s.err, nil))
	calls := api.NewModelCalls()
	o, err := c.open(ctx, c.State, log, c.secondReader, func(endpoint, outcome string, r llm.Reply) {
		calls.Observe(endpoint, outcome, r.In, r.Out, r.Cost, r.Took)
	})
	if err != nil {
		return err
	}
	defer o.close()
	config := api.Config{Addr: c.Addr, Service: o.service, Page: web.Files(), Origins: c.Origin, Log: log, ModelCalls: calls}
	var hub *bot.Hub
	switch {
	case c.Config != "":
		if config.Accounts, config.Issuers, err = readAccounts(c.Config); err != nil {
			return err
		}
		config.BotCalls = api.NewBotCalls()
		if hub, err = openBots(c.Config, o, config.Accounts, config.BotCalls, log); err != nil {
			return err
		}
		if hub != nil && c.State == "" {
			return fmt.Errorf("bots keep what they accepted in a file: name one with --state FILE")
		}
		if hub != nil {
			config.Bots = hub
		}
	case c.demo():
		config.Demo = fixtures.DemoViewers()
	default:
		return fmt.Errorf("a model of your own is served with --config FILE, which names who may ask")
	}
	server, err := api.New(config)
	if err != nil {
		return err
	}
	stop := reloadOnHangup(ctx, o.service, log)
	defer stop()
	fmt.Fprintf(s.out, "wenshu listens on http://%s\n", c.Addr)
	return runBoth(ctx, server, hub)
}

// readAccounts reads who may ask: accounts, and issuers that vouch for others.
func readAccounts(path string) ([]api.Account, []api.Issuer, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("read configuration: %w", err)
	}
	accounts, err := api.ReadAccounts(bytes.NewReader(body), os.Getenv)
	if err != nil {
		return nil, nil, fmt.Errorf("read configuration %s: %w", path, err)
	}
	issuers, err := api.ReadIssuers(bytes.NewReader(body), os.Getenv)
	if err != nil {
		return nil, nil, fmt.Errorf("read configuration %s: %w", path, err)
	}
	return accounts, issuers, nil
}
