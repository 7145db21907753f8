package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"wenshu/api"
	"wenshu/api/bot"
	"wenshu/semantic"
)

// openBots opens the bots of a configuration file; nil when it has none.
func openBots(path string, o *opened, accounts []api.Account, calls *api.BotCalls, log *slog.Logger) (*bot.Hub, error) {
	body, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	setup, err := bot.ReadSetup(bytes.NewReader(body), os.Getenv, os.ReadFile)
	if err != nil {
		return nil, fmt.Errorf("read configuration %s: %w", path, err)
	}
	if len(setup.Bots) == 0 {
		return nil, nil
	}
	byID, byEmail := map[string]semantic.Viewer{}, map[string]semantic.Viewer{}
	for _, a := range accounts {
		byID[a.Viewer.ID] = a.Viewer
		if a.Email != "" {
			byEmail[strings.ToLower(a.Email)] = a.Viewer
		}
	}
	return bot.New(bot.Config{
		Setup: setup, Service: o.service, Store: o.state, Calls: calls, Log: log,
		Account: func(id string) (semantic.Viewer, bool) { v, ok := byID[id]; return v, ok },
		Email:   func(email string) (semantic.Viewer, bool) { v, ok := byEmail[strings.ToLower(email)]; return v, ok },
	})
}

// runBoth serves and answers in chats until ctx ends or one of the two fails.
func runBoth(ctx context.Context, server *api.Server, hub *bot.Hub) error {
	if hub == nil {
		return server.Run(ctx)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		defer cancel()
		ended <- hub.Run(ctx)
	}()
	err := server.Run(ctx)
	cancel()
	return errors.Join(err, <-ended)
}
