package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"wenshu/answer"
)

// reloadOnHangup reads the model again at each SIGHUP. A model that is wrong
// leaves the last good one in place. The function that is returned stops it.
func reloadOnHangup(ctx context.Context, service *answer.Service, log *slog.Logger) func() {
	hangup := make(chan os.Signal, 1)
	signal.Notify(hangup, syscall.SIGHUP)
	done := make(chan struct{})
	go func() {
		for {
			select {
			case <-done:
				return
			case <-hangup:
				if err := service.Reload(ctx); err != nil {
					log.Error("the model is wrong, the last good one stays", "error", err.Error())
					continue
				}
				log.Info("model read again", "version", service.ModelVersion())
			}
		}
	}()
	return func() {
		signal.Stop(hangup)
		close(done)
	}
}
